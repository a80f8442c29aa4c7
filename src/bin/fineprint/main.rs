//! The command line of fineprint.

fn main() {}
