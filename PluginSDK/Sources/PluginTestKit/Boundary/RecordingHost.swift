import CHookgate
import PluginPayloads
import Synchronization

/// A runtime for one instance of a plugin, which remembers what the plugin says.
///
/// It implements every function of the host table, and complains about what the ABI forbids.
/// `@unchecked Sendable`: `table` is written when it is made; everything else is in the lock.
@safe
final class RecordingHost: @unchecked Sendable {
    /// The C table; valid as long as this object.
    let table: UnsafeMutablePointer<hg_host>

    private struct Records {
        var lines: [RecordedLine] = []
        var counters: [String: Int] = [:]
        var complaints: [String] = []
        /// Kept, so that a plugin which ends one twice is caught and not crashed.
        var completions: [CompletionRecord] = []
    }

    private let records = Mutex(Records())

    init() {
        unsafe table = .allocate(capacity: 1)
        unsafe table.initialize(to: HostTable.make(for: self))
    }

    deinit {
        unsafe table.deallocate()
    }

    static func of(_ host: UnsafePointer<hg_host>?) -> RecordingHost? {
        guard let recording = unsafe host?.pointee.impl else { return nil }
        return unsafe Unmanaged<RecordingHost>.fromOpaque(recording).takeUnretainedValue()
    }

    var lines: [RecordedLine] { records.withLock { $0.lines } }
    var counters: [String: Int] { records.withLock { $0.counters } }
    var complaints: [String] { records.withLock { $0.complaints } }

    func complain(_ complaint: String) {
        records.withLock { $0.complaints.append(complaint) }
    }

    func log(_ level: Int32, _ message: String?) {
        guard (HG_LOG_DEBUG...HG_LOG_ERROR).contains(Int(level)), let message else {
            return complain("log: level \(level) is unknown, or the message is not UTF-8")
        }
        records.withLock { $0.lines.append(RecordedLine(level: Int(level), message)) }
    }

    func count(_ counter: String?, _ amount: Int64) {
        guard let name = counter, !name.isEmpty, name.allSatisfy(Self.isCounterCharacter) else {
            return complain("count: the counter's name may have letters, digits, '_' and '.'")
        }
        records.withLock { $0.counters[name, default: 0] += Int(amount) }
    }

    private static func isCounterCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "_" || character == ".")
    }

    /// Waits for what ends by `completed`.
    func completion(_ name: String, _ start: (OpaquePointer) -> Void) async -> (status: hg_status, message: String) {
        await withCheckedContinuation { continuation in
            let completion = CompletionRecord(name, self, continuation)
            records.withLock { $0.completions.append(completion) }
            unsafe start(OpaquePointer(Unmanaged.passUnretained(completion).toOpaque()))
        }
    }
}

/// One `start`, `stop` or `health` on its way.
final class CompletionRecord: Sendable {
    private let name: String
    private unowned let host: RecordingHost
    private let waiting: Mutex<CheckedContinuation<(status: hg_status, message: String), Never>?>

    init(
        _ name: String,
        _ host: RecordingHost,
        _ waiting: CheckedContinuation<(status: hg_status, message: String), Never>
    ) {
        self.name = name
        self.host = host
        self.waiting = Mutex(waiting)
    }

    /// The record behind a completion; the host keeps it as long as it lives.
    static func of(_ completion: OpaquePointer?) -> CompletionRecord? {
        guard let completion = unsafe completion else { return nil }
        return unsafe Unmanaged<CompletionRecord>.fromOpaque(UnsafeRawPointer(completion)).takeUnretainedValue()
    }

    func end(_ status: hg_status, _ message: String?) {
        guard let waiting = waiting.withLock({ $0.take() }) else {
            return host.complain("\(name): `completed` was called twice")
        }
        waiting.resume(returning: (status, message ?? ""))
    }
}
