"""From a decision to what a buyer pastes or loads elsewhere: European notices, essential data, a sheet of boxes."""
