extension PayloadBlock {
    /// Reads JSON text: RFC 8259, strict, duplicate keys refused, key order and the text of numbers kept.
    ///
    /// - Parameters:
    ///   - text: The whole text.
    ///   - limits: What it may cost.
    /// - Throws: ``JSONError`` with what is wrong and where.
    public init(json text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) {
        var text = text
        let result = text.withUTF8 { bytes in unsafe Self.parse(bytes, limits: limits) }
        self = try result.get()
    }

    /// Reads JSON text.
    ///
    /// - Parameters:
    ///   - text: The bytes of the whole text.
    ///   - limits: What it may cost.
    /// - Throws: ``JSONError`` with what is wrong and where.
    public init(json text: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
        let result = unsafe text.withUnsafeBufferPointer { bytes in unsafe Self.parse(bytes, limits: limits) }
        self = try result.get()
    }

    /// Reads JSON text.
    ///
    /// - Parameters:
    ///   - text: The bytes of the whole text, borrowed; nobody may change them meanwhile.
    ///   - limits: What it may cost.
    /// - Throws: ``JSONError`` with what is wrong and where.
    @unsafe
    public init(json text: UnsafeBufferPointer<UInt8>, limits: JSONLimits = JSONLimits()) throws(JSONError) {
        self = try unsafe Self.parse(text, limits: limits).get()
    }

    private static func parse(
        _ text: UnsafeBufferPointer<UInt8>,
        limits: JSONLimits
    ) -> Result<PayloadBlock, JSONError> {
        do throws(JSONFault) {
            return unsafe .success(PayloadBlock(unsafeAdopting: try JSONParser.parse(text, limits: limits)))
        } catch {
            return unsafe .failure(error.error(in: text, limits: limits))
        }
    }
}
