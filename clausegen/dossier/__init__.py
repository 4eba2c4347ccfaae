"""Each figure that two pieces show, computed once; which pieces; which questions."""
