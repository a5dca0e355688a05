import Glibc

/// One thing that is timed: many rounds of the same, of which the median counts.
struct Benchmark {
    /// What a table calls it.
    let name: String
    /// What it should not exceed, and in which unit.
    let goal: Double?
    let unit: Unit
    /// What it is compared with, measured in the same process; a baseline has none.
    let baseline: String?

    enum Unit: String {
        case nanoseconds = "ns"
        case microseconds = "µs"
        case milliseconds = "ms"
        case megabytesPerSecond = "MB/s"
        case perSecond = "/s"
    }

    init(_ name: String, goal: Double? = nil, _ unit: Unit = .nanoseconds, baseline: String? = nil) {
        self.name = name
        self.goal = goal
        self.unit = unit
        self.baseline = baseline
    }

    /// A figure in the unit of the benchmark, from nanoseconds for one operation on so many bytes.
    func figure(nanoseconds: Double, bytes: Int = 0) -> Double {
        switch unit {
        case .nanoseconds: nanoseconds
        case .microseconds: nanoseconds / 1_000
        case .milliseconds: nanoseconds / 1_000_000
        case .perSecond: 1_000_000_000 / nanoseconds
        case .megabytesPerSecond: Double(bytes) * 1_000 / nanoseconds
        }
    }
}

/// What one process measured of one benchmark.
struct Measurement {
    let benchmark: Benchmark
    let figure: Double
    /// Allocations for one operation; `nil` if nobody counts them.
    let allocations: Double?

    /// Runs rounds of operations, each of a batch of what is measured, and takes the median round.
    static func of(
        _ benchmark: Benchmark,
        operations: Int,
        rounds: Int = 15,
        bytes: Int = 0,
        batch: Int = 1,
        _ operation: () async throws -> Void
    ) async rethrows -> Measurement {
        for _ in 0..<max(1, operations / 10) { try await operation() }
        var times: [Double] = []
        let before = Allocations.count
        for _ in 0..<rounds {
            let start = now()
            for _ in 0..<operations { try await operation() }
            times.append(Double(now() - start) / Double(operations * batch))
        }
        let after = Allocations.count
        let median = times.sorted()[rounds / 2]
        let allocations = before.flatMap { before in
            after.map { Double($0 - before) / Double(rounds * operations * batch) }
        }
        return Measurement(
            benchmark: benchmark,
            figure: benchmark.figure(nanoseconds: median, bytes: bytes),
            allocations: allocations
        )
    }

    private static func now() -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

/// Allocations of this process, counted by the preloaded library.
enum Allocations {
    private static let counter: (@convention(c) () -> UInt)? = {
        guard let symbol = unsafe dlsym(UnsafeMutableRawPointer(bitPattern: 0), "hookgate_bench_allocations") else {
            return nil
        }
        // The function's type is that of its definition in allocations.c.
        return unsafe unsafeBitCast(symbol, to: (@convention(c) () -> UInt).self)
    }()

    /// All so far; `nil` if the library is not preloaded.
    static var count: UInt? { counter?() }
}
