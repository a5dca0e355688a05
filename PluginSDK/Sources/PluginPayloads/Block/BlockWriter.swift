public import CHookgate

/// Makes a block, value by value.
///
/// The first failure sticks, and `finish` reports it. What comes out is valid: a key that occurs twice in its object and
/// a number whose text is none are failures, and texts are Swift strings and therefore UTF-8.
///
/// The builder's memory is owned by this value alone, which cannot be copied.
@safe
public struct BlockWriter: ~Copyable, @unchecked Sendable {
    private var builder = unsafe hg_builder()
    /// A failure that the builder does not know.
    private var failure: BlockError?

    /// Starts a block in memory of its own.
    ///
    /// - Parameter capacity: Bytes to start with.
    public init(capacity: Int = 256) {
        unsafe hg_builder_init(&builder, hg_grow_by_realloc, nil, capacity)
    }

    /// Starts a block in the arena of a call, which frees it.
    ///
    /// - Parameters:
    ///   - call: A call that outlasts this value, and whose arena nobody else uses meanwhile.
    ///   - capacity: Bytes to start with; an arena takes nothing back that was outgrown.
    @unsafe
    package init(inArenaOf call: UnsafeMutablePointer<hg_call>, capacity: Int = 256) {
        unsafe hg_builder_init(&builder, hg_grow_in_arena, call, capacity)
    }

    deinit {
        // The builder is released through a copy, because `deinit` cannot lend its own fields; it owns the memory alone.
        var builder = unsafe builder
        unsafe hg_builder_release(&builder)
    }

    /// Begins an object.
    public mutating func beginObject() { unsafe hg_begin_object(&builder) }

    /// Begins an array.
    public mutating func beginArray() { unsafe hg_begin_array(&builder) }

    /// Ends the container that was begun last.
    public mutating func end() {
        unsafe hg_end(&builder)
        if unsafe builder.status == HG_OK { checkKeys() }
    }

    /// Adds the key of the next value of an object.
    public mutating func key(_ key: String) {
        unsafe withSlice(of: key) { slice in unsafe hg_key(&builder, slice) }
    }

    /// Adds `null`.
    public mutating func addNull() { unsafe hg_add_null(&builder) }

    /// Adds a truth value.
    public mutating func add(_ value: Bool) { unsafe hg_add_bool(&builder, value ? 1 : 0) }

    /// Adds an integer.
    public mutating func add(_ value: Int64) { unsafe hg_add_int64(&builder, value) }

    /// Adds a floating point number, which has to be finite.
    public mutating func add(_ value: Double) { unsafe hg_add_double(&builder, value) }

    /// Adds a text.
    public mutating func add(_ value: String) {
        unsafe withSlice(of: value) { slice in unsafe hg_add_string(&builder, slice) }
    }

    /// Adds a number by its JSON text, which has to be one.
    public mutating func addNumber(_ text: String) {
        let isNumber = unsafe withSlice(of: text) { slice in
            unsafe hg_add_number(&builder, slice)
            return unsafe JSONNumber.isNumber(slice)
        }
        if !isNumber { fail("\(JSONText.excerpt(of: text.utf8)) is not the text of a JSON number") }
    }

    /// Adds bytes.
    public mutating func add(bytes: [UInt8]) {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe hg_add_bytes(&builder, hg_slice_of(buffer.baseAddress, buffer.count))
        }
    }

    /// Adds a value of another block, with all that is in it.
    public mutating func add(_ value: BlockValue) { unsafe hg_add_value(&builder, value.handle) }

    /// Adds a value of another block.
    ///
    /// - Parameter value: A handle whose block is valid until this returns.
    @unsafe
    public mutating func add(unsafe value: hg_value) { unsafe hg_add_value(&builder, value) }

    /// Adds a decoded value.
    public mutating func add(_ value: JSONValue) {
        // A value that nests too deep is not followed further down.
        guard unsafe builder.status == HG_OK else { return }
        switch value {
        case .null: addNull()
        case .bool(let value): add(value)
        case .int(let value): add(value)
        case .double(let value): add(value)
        case .number(let text): addNumber(text)
        case .string(let text): add(text)
        case .bytes(let bytes): add(bytes: bytes)
        case .array(let elements):
            beginArray()
            for element in elements { add(element) }
            end()
        case .object(let object): add(object)
        }
    }

    /// Adds a decoded object.
    public mutating func add(_ object: JSONObject) {
        beginObject()
        for (name, value) in object {
            key(name)
            add(value)
        }
        end()
    }

    /// Ends the block.
    ///
    /// - Returns: The block, which takes over the memory.
    /// - Throws: ``BlockError`` for the first thing that failed.
    public mutating func finish() throws(BlockError) -> PayloadBlock {
        guard let block = unsafe hg_finish(&builder) else {
            throw unsafe failure ?? BlockError(Self.text(of: builder.status))
        }
        unsafe builder.bytes = nil
        fail("the block is finished already")
        return unsafe PayloadBlock(unsafeAdopting: block)
    }

    /// Ends a block that lies in an arena.
    ///
    /// - Returns: The block, which lives as long as the arena.
    /// - Throws: ``BlockError`` for the first thing that failed.
    @unsafe
    package mutating func finishInArena() throws(BlockError) -> UnsafePointer<hg_block> {
        guard let block = unsafe hg_finish(&builder) else {
            throw unsafe failure ?? BlockError(Self.text(of: builder.status))
        }
        fail("the block is finished already")
        return unsafe block
    }

    /// Makes all later calls do nothing, and the next `finish` throw this, unless something failed before.
    private mutating func fail(_ text: String) {
        guard unsafe builder.status == HG_OK else { return }
        failure = BlockError(text)
        unsafe hg_builder_fail(&builder, hg_status(HG_E_ARGUMENT))
    }

    /// Fails if the container that has just ended is an object in which a key occurs twice.
    private mutating func checkKeys() {
        let object = unsafe builder.nodes[builder.node_count - 1]
        guard object.type == HG_OBJECT, object.count > 1 else { return }
        let bytes = unsafe BlockBytes(base: UnsafeRawPointer(builder.bytes), count: builder.size)
        var keys = UniqueKeys(block: bytes, entries: Int(object.bits), count: Int(object.count))
        if let index = keys.firstDuplicate() { fail("the key \(keys.name(of: index)) occurs twice in one object") }
    }

    private static func text(of status: hg_status) -> String {
        switch Int(status) {
        case HG_E_MEMORY: "no memory for the block"
        case HG_E_LIMIT: "the value nests deeper than \(HG_BLOCK_MAX_DEPTH) containers, or is larger than 4 GiB"
        case HG_E_ARGUMENT: "the value holds an infinite number, or none where one is needed"
        default: "keys and values do not alternate, or a container is not closed"
        }
    }
}

/// Lends a string as a slice.
package func withSlice<Result>(of text: String, _ body: (hg_slice) -> Result) -> Result {
    var text = text
    return text.withUTF8 { bytes in unsafe body(hg_slice_of(bytes.baseAddress, bytes.count)) }
}
