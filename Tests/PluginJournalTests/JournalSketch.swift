import CJournal
import PluginJournal

/// The bytes of a journal, written by hand.
struct JournalSketch {
    var header = hookgate_journal_header()
    private var content = [UInt8](repeating: 0, count: HOOKGATE_JOURNAL_SIZE)

    /// A journal of a process that runs, or was killed.
    init(state: Int = HOOKGATE_JOURNAL_RUNNING) {
        header.magic = HOOKGATE_JOURNAL_MAGIC
        header.version = UInt32(HOOKGATE_JOURNAL_VERSION)
        header.header_size = UInt32(MemoryLayout<hookgate_journal_header>.size)
        header.plugin_capacity = UInt32(HOOKGATE_JOURNAL_PLUGINS)
        header.hook_capacity = UInt32(HOOKGATE_JOURNAL_HOOKS)
        header.image_capacity = UInt32(HOOKGATE_JOURNAL_IMAGES)
        header.slot_capacity = UInt32(HOOKGATE_JOURNAL_SLOTS)
        header.state = UInt32(state)
        header.pid = 77
        header.wall_time = UInt64(Self.begin.seconds) * 1_000_000_000
        header.monotonic_time = 1_000_000_000_000
    }

    /// When its process began.
    static let begin = WallTime(seconds: 1_800_000_000)

    /// A moment some seconds after its begin, by the clock of the journal.
    static func clock(_ seconds: UInt64) -> UInt64 { 1_000_000_000_000 + seconds * 1_000_000_000 }

    /// A digest of one digit.
    static func digest(_ digit: Character) -> String { String(repeating: digit, count: 64) }

    static func plugin(_ name: String, _ digit: Character) -> JournalRemains.Plugin {
        JournalRemains.Plugin(digest: digest(digit), name: name)
    }

    /// Adds a plugin.
    ///
    /// - Returns: Its number.
    @discardableResult
    mutating func add(_ name: String, digest: String) -> UInt32 {
        let offset = HOOKGATE_JOURNAL_PLUGINS_AT + Int(header.plugin_count) * 192
        put(Array(digest.utf8), at: offset)
        put(Array(name.utf8), at: offset + 64)
        header.plugin_count += 1
        return header.plugin_count
    }

    /// Adds a hook.
    ///
    /// - Returns: Its number.
    @discardableResult
    mutating func add(hook: String) -> UInt32 {
        put(Array(hook.utf8), at: HOOKGATE_JOURNAL_HOOKS_AT + Int(header.hook_count) * 64)
        header.hook_count += 1
        return header.hook_count
    }

    /// Has a thread be in a plugin.
    mutating func mark(slot: Int, _ plugin: UInt32, _ hook: UInt32, request: String = "", since seconds: UInt64 = 0) {
        var state = hookgate_journal_slot()
        state.mark = UInt64(plugin) << 32 | UInt64(hook)
        state.since = Self.clock(seconds)
        state.tid = Int32(100 + slot)
        state.is_claimed = 1
        put(state, at: HOOKGATE_JOURNAL_SLOTS_AT + (slot - 1) * 128)
        put(Array(request.utf8), at: HOOKGATE_JOURNAL_SLOTS_AT + (slot - 1) * 128 + 16)
    }

    /// Records a fatal signal.
    mutating func crash(_ signal: Int32, image: UInt32 = 0, slot: UInt32 = 0, state: Int = HOOKGATE_CRASH_COMPLETE) {
        header.crash.state = UInt32(state)
        header.crash.signal = signal
        header.crash.code = 1
        header.crash.tid = 100 + Int32(slot)
        header.crash.pc = 0x1234
        header.crash.address = 8
        header.crash.time = Self.clock(9)
        header.crash.image = image
        header.crash.slot = slot
    }

    /// Records a fatal signal that a process sent.
    mutating func crash(_ signal: Int32, image: UInt32 = 0, slot: UInt32 = 0, sentBy process: Int32) {
        crash(signal, image: image, slot: slot)
        header.crash.code = 0
        header.crash.address = UInt64(process)
    }

    /// The file.
    var bytes: [UInt8] {
        var whole = self
        whole.put(header, at: 0)
        return whole.content
    }

    var remains: JournalRemains { JournalRemains(reading: bytes) }

    mutating func put(_ bytes: [UInt8], at offset: Int) {
        content.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    }

    private mutating func put<Value: BitwiseCopyable>(_ value: Value, at offset: Int) {
        put(unsafe withUnsafeBytes(of: value) { unsafe Array($0) }, at: offset)
    }
}
