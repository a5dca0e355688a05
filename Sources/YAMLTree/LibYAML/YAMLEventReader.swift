import CYAML

/// libyaml's parser, one event at a time.
///
/// No other file touches libyaml's memory. Safe to use: it alone owns the parser and the copy of the text that the parser reads, both live until it is
/// destroyed, and everything it returns is copied.
@safe struct YAMLEventReader: ~Copyable {
    private let source: SourceText
    private let text: UnsafeMutableBufferPointer<UInt8>
    private let parser: UnsafeMutablePointer<yaml_parser_t>

    init(_ source: SourceText) {
        self.source = source
        unsafe text = .allocate(capacity: source.bytes.count)
        _ = unsafe text.initialize(fromContentsOf: source.bytes)
        unsafe parser = .allocate(capacity: 1)
        // The only failure is memory that ran out, which Swift answers in the same way.
        guard unsafe yaml_parser_initialize(parser) == 1 else { fatalError("libyaml: out of memory") }
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
        unsafe text.deallocate()
    }

    mutating func next() throws(YAMLError) -> YAMLEvent {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw failure }
        defer { unsafe yaml_event_delete(&event) }
        return unsafe YAMLEvent(event)
    }

    private var failure: YAMLError {
        let state = unsafe parser.pointee
        let problem = unsafe String(borrowed: state.problem) ?? "cannot be read"
        if unsafe state.error == YAML_READER_ERROR {
            let position = unsafe source.position(ofByte: state.problem_offset)
            let value = unsafe state.problem_value
            let suffix = value < 0 ? "" : " (0x" + String(value, radix: 16, uppercase: true) + ")"
            return YAMLError(.encoding, at: position, problem + suffix, hint: SyntaxHint.hint(for: problem, next: nil))
        }
        let position = unsafe SourcePosition(state.problem_mark)
        var message = problem
        if let context = unsafe String(borrowed: state.context) {
            let start = unsafe SourcePosition(state.context_mark)
            message += ", \(context)" + (start == position ? "" : " at \(start)")
        }
        let next = source.character(at: position)
        return YAMLError(.syntax, at: position, message, hint: SyntaxHint.hint(for: problem, next: next))
    }
}

extension YAMLEvent {
    /// Copies an event; the texts it points to stay libyaml's.
    fileprivate init(_ event: yaml_event_t) {
        let data = unsafe event.data
        let position = unsafe SourcePosition(event.start_mark)
        switch unsafe event.type {
        case YAML_STREAM_START_EVENT: self.init(content: .streamStart, position: position)
        case YAML_DOCUMENT_START_EVENT: self.init(content: .documentStart, position: position)
        case YAML_DOCUMENT_END_EVENT: self.init(content: .documentEnd, position: position)
        case YAML_ALIAS_EVENT:
            self.init(content: .alias(unsafe String(borrowed: data.alias.anchor) ?? ""), position: position)
        case YAML_SCALAR_EVENT:
            let bytes = unsafe UnsafeBufferPointer(start: data.scalar.value, count: data.scalar.length)
            let style: YAMLScalar.Style = unsafe data.scalar.style == YAML_PLAIN_SCALAR_STYLE ? .plain : .quoted
            self.init(
                content: .scalar(text: unsafe String(decoding: bytes, as: UTF8.self), style: style),
                position: position,
                anchor: unsafe String(borrowed: data.scalar.anchor),
                tag: unsafe String(borrowed: data.scalar.tag)
            )
        case YAML_SEQUENCE_START_EVENT:
            self.init(
                content: .sequenceStart,
                position: position,
                anchor: unsafe String(borrowed: data.sequence_start.anchor),
                tag: unsafe String(borrowed: data.sequence_start.tag)
            )
        case YAML_SEQUENCE_END_EVENT: self.init(content: .sequenceEnd, position: position)
        case YAML_MAPPING_START_EVENT:
            self.init(
                content: .mappingStart,
                position: position,
                anchor: unsafe String(borrowed: data.mapping_start.anchor),
                tag: unsafe String(borrowed: data.mapping_start.tag)
            )
        case YAML_MAPPING_END_EVENT: self.init(content: .mappingEnd, position: position)
        default: self.init(content: .streamEnd, position: position)
        }
    }
}

extension SourcePosition {
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }
}

extension String {
    /// Copies C text that libyaml owns; `nil` stays `nil`.
    fileprivate init?(borrowed text: UnsafePointer<CChar>?) {
        guard let text = unsafe text else { return nil }
        unsafe self.init(cString: text)
    }

    fileprivate init?(borrowed text: UnsafeMutablePointer<yaml_char_t>?) {
        guard let text = unsafe text else { return nil }
        unsafe self.init(cString: text)
    }
}
