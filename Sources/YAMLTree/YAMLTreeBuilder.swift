/// Makes the tree from libyaml's events and keeps it within the limits.
///
/// Mistakes that leave the structure clear are collected; those that do not are thrown, and end the reading.
struct YAMLTreeBuilder: ~Copyable {
    private(set) var errors: [YAMLError] = []

    private var events: YAMLEventReader
    private let limits: YAMLLimits
    private var anchors: [String: Anchor] = [:]
    private var size = Size()

    /// What has been built so far, with aliases expanded.
    private struct Size {
        var nodes = 0
        var textBytes = 0
    }

    private struct Anchor {
        let node: YAMLNode
        let size: Size
        let height: Int
    }

    init(source: SourceText, limits: YAMLLimits) {
        self.events = YAMLEventReader(source)
        self.limits = limits
    }

    /// The root of the only document, or `nil` after a mistake that ends the reading.
    mutating func build() -> YAMLNode? {
        do {
            return try document()
        } catch {
            errors.append(error)
            return nil
        }
    }

    private mutating func document() throws(YAMLError) -> YAMLNode {
        var root: YAMLNode?
        while true {
            let event = try events.next()
            switch (event.content, root) {
            case (.documentStart, nil):
                root = try node(events.next(), depth: 1)
            case (.documentStart, let first?):
                report(.secondDocument, at: event.position, "a second document begins; the file may hold only one")
                return first
            case (.streamEnd, _):
                return root ?? YAMLNode(.scalar(YAMLScalar(plain: "")), at: .start)
            default:
                continue
            }
        }
    }

    private mutating func node(_ event: YAMLEvent, depth: Int) throws(YAMLError) -> YAMLNode {
        guard depth <= limits.depth else { throw tooDeep(at: event.position) }
        guard errors.count < limits.errors else {
            let message = "too many mistakes; the rest of the file was not read"
            throw YAMLError(.limit, at: event.position, message, hint: "mend those above first")
        }
        if case .alias(let name) = event.content { return try expand(name, at: event.position, depth: depth) }

        let before = size
        let content = try content(of: event, depth: depth)
        let node = YAMLNode(content, at: event.position)
        if let name = event.anchor {
            let own = Size(nodes: size.nodes - before.nodes, textBytes: size.textBytes - before.textBytes)
            anchors[name] = Anchor(node: node, size: own, height: node.height)
        }
        return node
    }

    private mutating func content(of event: YAMLEvent, depth: Int) throws(YAMLError) -> YAMLNode.Content {
        switch event.content {
        case .sequenceStart:
            try grow(Size(nodes: 1), at: event.position)
            return try sequence(event, depth: depth)
        case .mappingStart:
            try grow(Size(nodes: 1), at: event.position)
            return try mapping(event, depth: depth)
        case .scalar(let text, let style):
            try grow(Size(nodes: 1, textBytes: text.utf8.count), at: event.position)
            return .scalar(scalar(text, style, event))
        default:
            throw YAMLError(.syntax, at: event.position, "expected a value")
        }
    }

    // MARK: Collections

    private mutating func sequence(_ start: YAMLEvent, depth: Int) throws(YAMLError) -> YAMLNode.Content {
        checkTag(of: start, is: .sequence)
        var elements: [YAMLNode] = []
        while true {
            let event = try events.next()
            if case .sequenceEnd = event.content { return .sequence(elements) }
            elements.append(try node(event, depth: depth + 1))
        }
    }

    private mutating func mapping(_ start: YAMLEvent, depth: Int) throws(YAMLError) -> YAMLNode.Content {
        checkTag(of: start, is: .mapping)
        var entries: [YAMLEntry] = []
        var positions: [String: SourcePosition] = [:]
        while true {
            let event = try events.next()
            if case .mappingEnd = event.content { return .mapping(entries) }
            let keyNode = try node(event, depth: depth + 1)
            let value = try node(events.next(), depth: depth + 1)
            guard let key = key(keyNode, at: event.position) else { continue }
            if let first = positions[key] {
                report(.duplicateKey, at: event.position, "duplicate key \(key.quoted), first given at \(first)")
                continue
            }
            positions[key] = event.position
            entries.append(YAMLEntry(key: key, keyPosition: event.position, value: value))
        }
    }

    /// The text of a key; `nil`, with an error, if it cannot be one.
    private mutating func key(_ node: YAMLNode, at position: SourcePosition) -> String? {
        guard case .scalar(let scalar) = node.content else {
            report(
                .collectionAsKey,
                at: position,
                "a list or mapping cannot be a key",
                hint: "put a value that begins with '{' or '[' in quotes"
            )
            return nil
        }
        if scalar.style == .plain && scalar.text == "<<" {
            report(
                .mergeKey,
                at: position,
                "merge keys (<<) are not supported",
                hint: "write the keys out, or use an alias for the whole value"
            )
            return nil
        }
        return scalar.text
    }

    // MARK: Scalars and tags

    private mutating func scalar(_ text: String, _ style: YAMLScalar.Style, _ event: YAMLEvent) -> YAMLScalar {
        guard let written = event.tag else {
            return style == .plain ? YAMLScalar(plain: text) : YAMLScalar(quoted: text)
        }
        if written == "!" { return YAMLScalar(text: text, style: style, value: .string(text)) }
        guard let tag = YAMLTag(resolved: written) else {
            report(unsupported: written, at: event.position)
            return YAMLScalar(text: text, style: style, value: .string(text))
        }
        guard let value = tag.value(of: text) else {
            report(.tag, at: event.position, "\(text.quoted) does not fit its tag \(tag.description)")
            return YAMLScalar(text: text, style: style, value: .string(text))
        }
        return YAMLScalar(text: text, style: style, value: value)
    }

    private mutating func checkTag(of event: YAMLEvent, is expected: YAMLTag) {
        guard let written = event.tag, written != "!", YAMLTag(resolved: written) != expected else { return }
        report(unsupported: written, at: event.position)
    }

    private mutating func report(unsupported tag: String, at position: SourcePosition) {
        report(.tag, at: position, "the tag \(tag.quoted) is not supported here", hint: "remove the tag")
    }

    // MARK: Aliases and limits

    private mutating func expand(
        _ name: String,
        at position: SourcePosition,
        depth: Int
    ) throws(YAMLError) -> YAMLNode {
        guard let anchor = anchors[name] else {
            throw YAMLError(
                .unknownAlias,
                at: position,
                "the alias *\(name) has no anchor &\(name) before it",
                hint: "an alias may only stand behind the end of the value that it repeats"
            )
        }
        guard depth + anchor.height - 1 <= limits.depth else { throw tooDeep(at: position) }
        try grow(anchor.size, at: position)
        return anchor.node
    }

    private mutating func grow(_ more: Size, at position: SourcePosition) throws(YAMLError) {
        size.nodes += more.nodes
        size.textBytes += more.textBytes
        guard size.nodes <= limits.nodes else {
            throw YAMLError(.limit, at: position, "the file has more than \(limits.nodes) values, aliases expanded")
        }
        guard size.textBytes <= limits.textBytes else {
            throw YAMLError(
                .limit,
                at: position,
                "the file has more than \(limits.textBytes) bytes of text, aliases expanded"
            )
        }
    }

    private func tooDeep(at position: SourcePosition) -> YAMLError {
        YAMLError(.limit, at: position, "values are nested deeper than \(limits.depth) levels")
    }

    private mutating func report(
        _ code: YAMLError.Code,
        at position: SourcePosition,
        _ message: String,
        hint: String? = nil
    ) {
        errors.append(YAMLError(code, at: position, message, hint: hint))
    }
}
