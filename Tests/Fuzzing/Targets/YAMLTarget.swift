import YAMLTree

extension FuzzTarget {
    private static let limits = {
        var limits = YAMLLimits()
        limits.bytes = 4_096
        limits.depth = 12
        limits.nodes = 400
        limits.textBytes = 4_096
        limits.errors = 10
        return limits
    }()

    /// YAML from whoever may write files: a tree within the limits, or mistakes that know their places.
    package static let yaml = FuzzTarget("yaml") { input in
        let document = YAMLDocument(file: "fuzz.yaml", bytes: input, limits: limits)
        try demand(document.root != nil || !document.errors.isEmpty, "what is not read has a mistake")
        for error in document.errors {
            try demand(error.position >= .start && !error.message.isEmpty, "a mistake says what and where")
            _ = document.source.excerpt(at: error.position)
        }
        // A few mistakes within the value that reached the limit are still collected, and the one that says so.
        try demand(document.errors.count <= limits.errors + 8, "\(document.errors.count) mistakes are collected")
        guard let root = document.root, document.errors.isEmpty else { return .refused }
        let size = root.size
        try demand(input.count <= limits.bytes, "a text beyond the limit is refused")
        try demand(size.depth <= limits.depth, "depth \(size.depth) is beyond the limit")
        try demand(size.nodes <= limits.nodes, "\(size.nodes) nodes are beyond the limit")
        try demand(size.textBytes <= limits.textBytes, "\(size.textBytes) bytes of text are beyond the limit")
        return .accepted
    }
}

extension YAMLNode {
    fileprivate struct Size {
        var depth = 1
        var nodes = 1
        var textBytes = 0

        mutating func add(_ part: Size) {
            depth = max(depth, 1 + part.depth)
            nodes += part.nodes
            textBytes += part.textBytes
        }
    }

    /// How large the tree is, aliases expanded.
    fileprivate var size: Size {
        var size = Size()
        switch content {
        case .scalar(let scalar): size.textBytes = scalar.text.utf8.count
        case .sequence(let elements):
            for element in elements { size.add(element.size) }
        case .mapping(let entries):
            for entry in entries {
                size.add(entry.value.size)
                size.nodes += 1
                size.textBytes += entry.key.utf8.count
            }
        }
        return size
    }
}
