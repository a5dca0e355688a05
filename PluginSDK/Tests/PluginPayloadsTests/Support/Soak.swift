import Glibc

/// Whether storms run whole: `HOOKGATE_SOAK=1`.
let isSoak = unsafe getenv("HOOKGATE_SOAK").map { unsafe String(cString: $0) } == "1"
