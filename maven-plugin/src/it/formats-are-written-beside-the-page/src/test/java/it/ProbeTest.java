package it;

/** Stands for the test that trained: runs are told to be its, and nothing compiles it. */
class ProbeTest {}
