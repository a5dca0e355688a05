public import CHookgate

/// An immutable payload: a tree of values in one piece of memory (see `hookgate/block.h`).
///
/// Copies share the memory. Every `PayloadBlock` is valid: text and foreign memory are checked before one is made.
public struct PayloadBlock: @unchecked Sendable {
    // `@unchecked Sendable`: the storage is never written once it is here.
    let storage: BlockStorage

    init(storage: BlockStorage) {
        self.storage = storage
    }

    /// Copies a block that is known to be valid, because the runtime checked it.
    ///
    /// - Parameter block: Borrowed until this returns. It must be valid, or reading the copy is undefined.
    @unsafe
    public init(unsafeCopying block: UnsafePointer<hg_block>) {
        self.init(storage: unsafe BlockStorage.copying(block))
    }

    /// Takes over a block that is known to be valid.
    ///
    /// - Parameter block: Memory from `malloc`, which is freed with the last copy of the result.
    @unsafe
    public init(unsafeAdopting block: UnsafePointer<hg_block>) {
        self.init(storage: unsafe BlockStorage.adopting(block))
    }

    /// Makes a block of a value.
    ///
    /// - Throws: ``BlockError`` if the value nests too deep, is too large, or holds an infinite number.
    public init(_ value: JSONValue) throws(BlockError) {
        var writer = BlockWriter()
        writer.add(value)
        self = try writer.finish()
    }

    /// Makes a block of an object.
    ///
    /// - Throws: ``BlockError`` as for a value.
    public init(_ object: JSONObject) throws(BlockError) {
        try self.init(JSONValue.object(object))
    }

    /// An object without entries.
    public static let emptyObject: PayloadBlock = {
        var writer = BlockWriter()
        writer.beginObject()
        writer.end()
        guard let block = try? writer.finish() else { preconditionFailure("an empty object always fits") }
        return block
    }()

    /// Bytes of the whole block.
    public var size: Int { unsafe Int(storage.block.pointee.size) }

    /// The root value.
    public var root: BlockValue { unsafe BlockValue(storage: storage, value: hg_root(storage.block)) }

    /// The root value, decoded.
    public var value: JSONValue { root.value }

    /// The block itself, if its root is an object.
    ///
    /// - Returns: This block.
    /// - Throws: ``BlockError`` that names what the root is instead.
    public func requireObject() throws(BlockError) -> PayloadBlock {
        guard root.isObject else { throw BlockError("expected an object, found \(root.typeDescription)") }
        return self
    }

    /// Lends the block's memory.
    ///
    /// - Parameter body: Gets the block, which is valid until `body` returns.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    @unsafe
    public func withUnsafeBlock<Result, Failure: Error>(
        _ body: (UnsafePointer<hg_block>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { extendLifetime(storage) }
        return try unsafe body(storage.block)
    }

    /// The block's memory, valid only while somebody holds this block or a copy.
    @unsafe
    public var unsafeBlock: UnsafePointer<hg_block> { unsafe storage.block }
}

extension PayloadBlock: Equatable {
    /// Two blocks are equal if their values are.
    public static func == (left: PayloadBlock, right: PayloadBlock) -> Bool {
        left.root == right.root
    }
}
