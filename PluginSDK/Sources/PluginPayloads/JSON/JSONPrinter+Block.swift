import CHookgate

extension JSONPrinter {
    /// Prints a value of a valid block, whose containers nest at most 128 deep.
    mutating func add(_ value: hg_value) {
        guard let block = unsafe UnsafeRawPointer(value.block), let node = unsafe value.node else { return }
        unsafe add(node, of: block)
    }

    /// Prints a node; the block holds it and all that it refers to.
    private mutating func add(_ node: UnsafePointer<hg_node>, of block: UnsafeRawPointer) {
        let bits = unsafe node.pointee.bits
        switch unsafe Int(node.pointee.type) {
        case HG_BOOL: add(bits != 0)
        case HG_INT64: add(Int64(bitPattern: bits))
        case HG_DOUBLE: add(Double(bitPattern: bits))
        case HG_NUMBER: unsafe add(text: Self.text(of: node, in: block))
        case HG_STRING: unsafe add(string: Self.text(of: node, in: block))
        case HG_BYTES: unsafe add(base64: Self.text(of: node, in: block))
        case HG_ARRAY: unsafe addArray(Self.children(of: node, in: block, nodesEach: 1), of: block)
        case HG_OBJECT: unsafe addObject(Self.children(of: node, in: block, nodesEach: 2), of: block)
        default: add(word: "null")
        }
    }

    private mutating func addArray(_ elements: UnsafeBufferPointer<hg_node>, of block: UnsafeRawPointer) {
        add(ascii: "[")
        for index in elements.indices {
            if index > 0 { add(ascii: ",") }
            guard let element = unsafe elements.baseAddress?.advanced(by: index) else { break }
            unsafe add(element, of: block)
        }
        add(ascii: "]")
    }

    private mutating func addObject(_ nodes: UnsafeBufferPointer<hg_node>, of block: UnsafeRawPointer) {
        add(ascii: "{")
        for index in stride(from: 0, to: nodes.count, by: 2) {
            if index > 0 { add(ascii: ",") }
            guard let key = unsafe nodes.baseAddress?.advanced(by: index) else { break }
            unsafe add(string: Self.text(of: key, in: block))
            add(ascii: ":")
            unsafe add(key + 1, of: block)
        }
        add(ascii: "}")
    }

    private static func text(
        of node: UnsafePointer<hg_node>,
        in block: UnsafeRawPointer
    ) -> UnsafeBufferPointer<UInt8> {
        let start = unsafe (block + Int(node.pointee.bits)).assumingMemoryBound(to: UInt8.self)
        return unsafe UnsafeBufferPointer(start: start, count: Int(node.pointee.count))
    }

    private static func children(
        of node: UnsafePointer<hg_node>,
        in block: UnsafeRawPointer,
        nodesEach: Int
    ) -> UnsafeBufferPointer<hg_node> {
        let start = unsafe (block + Int(node.pointee.bits)).assumingMemoryBound(to: hg_node.self)
        return unsafe UnsafeBufferPointer(start: start, count: Int(node.pointee.count) * nodesEach)
    }
}
