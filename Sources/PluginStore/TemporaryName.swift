internal import Synchronization

/// The name of a file that is being written into the store: `.PROCESS-TOKEN-NUMBER.tmp`.
///
/// The token tells a process from an earlier one of the same number, which after a restart of a container is common.
struct TemporaryName {
    private let process: Int32
    private let token: String

    private static let ownToken = String(UInt64.random(in: 0...UInt64.max), radix: 16)
    private static let counter = Atomic<Int>(0)

    /// A name that no other file of any process has.
    static func next() -> String {
        let number = counter.add(1, ordering: .relaxed).newValue
        return ".\(ProcessID.own)-\(ownToken)-\(number).tmp"
    }

    /// Reads a name; nil for that of another kind of file.
    init?(_ name: String) {
        guard name.hasPrefix("."), name.hasSuffix(".tmp") else { return nil }
        let parts = name.dropFirst().dropLast(4).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let process = Int32(parts[0]), process > 0 else { return nil }
        self.process = process
        token = String(parts[1])
    }

    /// Whether the process that made it is gone.
    var isAbandoned: Bool {
        process == ProcessID.own ? token != Self.ownToken : !ProcessID.isAlive(process)
    }
}
