/// The payload of a standard hook.
///
/// It is made of a block without decoding anything. A field that the block lacks reads as its default; one of another
/// type reads as `nil`, or as an empty value where there is no `nil`: whoever invokes a hook from outside data checks its
/// shape first. Assigning a field records it, and a reply holds the assigned fields alone.
public protocol StandardPayload: HookPayload {
    /// The fields.
    var fields: PayloadFields { get set }

    /// Makes a payload of its fields.
    init(fields: PayloadFields)
}

extension StandardPayload {
    /// Makes a payload of the block that a hook is called with.
    ///
    /// - Throws: ``BlockError`` if the block's root is no object.
    public init(block: PayloadBlock) throws(BlockError) {
        self.init(fields: try PayloadFields(block))
    }

    /// All fields as they are now.
    ///
    /// - Throws: ``BlockError`` if a field was assigned what no block can hold.
    public var block: PayloadBlock {
        get throws(BlockError) { try fields.block }
    }

    /// A field by its name in JSON, such as `args`, without decoding it; `nil` if it is absent.
    public func value(of field: String) -> BlockValue? { fields.value(of: field) }

    /// Replaces a field by its name in JSON, without decoding it.
    public mutating func setValue(_ value: BlockValue, of field: String) { fields.setValue(value, of: field) }

    /// Writes an object of the fields that were assigned; of a payload that was not made of a block, these are all.
    public func write(to writer: inout BlockWriter) { fields.writeChanges(to: &writer) }
}
