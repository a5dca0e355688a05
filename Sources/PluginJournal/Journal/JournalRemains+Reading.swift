import CJournal

extension JournalRemains {
    /// Reads the bytes of a journal.
    ///
    /// They may be anything: half of a file, another version's, or somebody's work. Whatever does not fit is left out,
    /// and a file whose header does not fit is not read at all.
    package init(reading bytes: [UInt8]) {
        guard !bytes.isEmpty else {
            self.init(.none)
            return
        }
        let content = JournalBytes(bytes)
        guard let header = content.value(at: 0, as: hookgate_journal_header.self),
            header.magic == HOOKGATE_JOURNAL_MAGIC
        else {
            self.init(.unreadable("it is no crash journal"))
            return
        }
        guard header.version == HOOKGATE_JOURNAL_VERSION, header.hasKnownLayout else {
            self.init(.unreadable("it is of another version of Hookgate"))
            return
        }
        guard bytes.count == HOOKGATE_JOURNAL_SIZE else {
            self.init(.unreadable("it has \(bytes.count) bytes instead of \(HOOKGATE_JOURNAL_SIZE)"))
            return
        }
        let process = header.pid
        switch Int(header.state) {
        case HOOKGATE_JOURNAL_EMPTY: self.init(.none)
        case HOOKGATE_JOURNAL_CLOSED: self.init(.orderly, process: process)
        case HOOKGATE_JOURNAL_RUNNING:
            let tables = JournalTables(content, header)
            let crash = tables.crash
            self.init(crash.map(End.crash) ?? .unknown, process: process, marks: tables.marks)
        default: self.init(.unreadable("its state is \(header.state), which means nothing"))
        }
    }
}

/// The parts of a journal whose header is right.
private struct JournalTables {
    private let content: JournalBytes
    private let header: hookgate_journal_header

    init(_ content: JournalBytes, _ header: hookgate_journal_header) {
        self.content = content
        self.header = header
    }

    var marks: [JournalRemains.Mark] {
        (1...UInt32(HOOKGATE_JOURNAL_SLOTS)).compactMap(mark)
    }

    /// The crash, if its record is whole.
    var crash: JournalRemains.Crash? {
        let record = header.crash
        guard Int(record.state) == HOOKGATE_CRASH_COMPLETE, let signal = FatalSignal(record.signal) else {
            return nil
        }
        let isSent = record.code <= 0
        let sender = Int32(truncatingIfNeeded: record.address)
        return JournalRemains.Crash(
            signal,
            thread: record.tid,
            pc: record.pc,
            address: isSent ? 0 : record.address,
            time: wallTime(record.time),
            image: plugin(record.image),
            mark: mark(record.slot),
            sender: isSent && sender != header.pid ? sender : nil
        )
    }

    /// What a slot's thread was in; `nil` if that was nothing, or makes no sense.
    private func mark(_ number: UInt32) -> JournalRemains.Mark? {
        let size = MemoryLayout<hookgate_journal_slot>.size
        guard number >= 1, Int(number) <= HOOKGATE_JOURNAL_SLOTS else { return nil }
        let offset = HOOKGATE_JOURNAL_SLOTS_AT + Int(number - 1) * size
        guard let slot = content.value(at: offset, as: hookgate_journal_slot.self), slot.is_claimed == 1,
            let plugin = plugin(UInt32(truncatingIfNeeded: slot.mark >> 32))
        else { return nil }
        let request = content.text(at: offset + 16, count: HOOKGATE_JOURNAL_REQUEST_BYTES)
        return JournalRemains.Mark(
            plugin,
            activity(UInt32(truncatingIfNeeded: slot.mark)),
            request.isEmpty ? nil : request,
            thread: slot.tid,
            since: wallTime(slot.since)
        )
    }

    private func plugin(_ number: UInt32) -> JournalRemains.Plugin? {
        guard number >= 1, number <= min(header.plugin_count, UInt32(HOOKGATE_JOURNAL_PLUGINS)) else {
            return nil
        }
        let size = MemoryLayout<hookgate_journal_plugin>.size
        let offset = HOOKGATE_JOURNAL_PLUGINS_AT + Int(number - 1) * size
        let digest = content.text(at: offset, count: 64)
        let name = content.text(at: offset + 64, count: size - 64)
        guard Digest.isDigest(digest), !name.isEmpty else { return nil }
        return JournalRemains.Plugin(digest: digest, name: name)
    }

    private func activity(_ number: UInt32) -> String? {
        guard number >= 1, number <= min(header.hook_count, UInt32(HOOKGATE_JOURNAL_HOOKS)) else { return nil }
        let size = MemoryLayout<hookgate_journal_hook>.size
        let name = content.text(at: HOOKGATE_JOURNAL_HOOKS_AT + Int(number - 1) * size, count: size)
        return name.isEmpty ? nil : name
    }

    /// A moment of the clock that the journal uses; `nil` if it was not after its begin.
    private func wallTime(_ monotonic: UInt64) -> WallTime? {
        // A call may have begun a moment before the journal, but for anything else there is no reason.
        let slack: UInt64 = 60_000_000_000
        let (begin, isEarly) = header.monotonic_time.subtractingReportingOverflow(slack)
        guard monotonic >= (isEarly ? 0 : begin), monotonic != 0 else { return nil }
        let passed = Int64(truncatingIfNeeded: monotonic &- header.monotonic_time) / 1_000_000_000
        return WallTime(seconds: Int64(header.wall_time / 1_000_000_000) + passed)
    }
}

extension hookgate_journal_header {
    fileprivate var hasKnownLayout: Bool {
        header_size == UInt32(MemoryLayout<hookgate_journal_header>.size)
            && plugin_capacity == UInt32(HOOKGATE_JOURNAL_PLUGINS) && hook_capacity == UInt32(HOOKGATE_JOURNAL_HOOKS)
            && image_capacity == UInt32(HOOKGATE_JOURNAL_IMAGES) && slot_capacity == UInt32(HOOKGATE_JOURNAL_SLOTS)
    }
}

/// The bytes of a file that is not trusted.
private struct JournalBytes {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// A structure of numbers, for which any bytes will do; `nil` if the file ends before it does.
    func value<Value: BitwiseCopyable>(at offset: Int, as type: Value.Type) -> Value? {
        guard offset >= 0, offset + MemoryLayout<Value>.size <= bytes.count else { return nil }
        // Within the bytes, as was just checked.
        return unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: offset, as: type) }
    }

    /// The text of a field: to its first zero, without what could break a line; a character that was cut is left out.
    func text(at offset: Int, count: Int) -> String {
        guard offset >= 0, offset + count <= bytes.count else { return "" }
        let field = bytes[offset..<offset + count].prefix { $0 != 0 }
        var text = String(decoding: field, as: UTF8.self)
        if field.count == count, text.last == "\u{FFFD}" { text.removeLast() }
        let scalars = text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }
        return String(String.UnicodeScalarView(scalars))
    }
}
