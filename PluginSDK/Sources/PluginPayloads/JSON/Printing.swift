// What values print as: compact JSON, the order of keys and the text of numbers as they are.

extension PayloadBlock: CustomStringConvertible {
    /// The value as JSON text.
    public var json: String { unsafe withUnsafeJSON { text in unsafe String(decoding: text, as: UTF8.self) } }

    /// The bytes of the value's JSON text.
    public var jsonBytes: [UInt8] { unsafe withUnsafeJSON { text in unsafe Array(text) } }

    /// The value as JSON text.
    public var description: String { json }

    /// Lends the bytes of the value's JSON text, to copy them elsewhere.
    ///
    /// - Parameter body: Gets the text, which is valid until `body` returns.
    /// - Returns: What `body` returns.
    @unsafe
    public func withUnsafeJSON<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        // A block is mostly larger than its text.
        unsafe root.withUnsafeJSON(expecting: size * 3 / 4, body)
    }
}

extension BlockValue: CustomStringConvertible {
    /// The value as JSON text.
    public var json: String {
        unsafe withUnsafeJSON(expecting: 256) { text in unsafe String(decoding: text, as: UTF8.self) }
    }

    /// The value as JSON text.
    public var description: String { json }

    /// Lends the bytes of the value's JSON text, to copy them elsewhere.
    ///
    /// - Parameters:
    ///   - size: How many bytes the text may have.
    ///   - body: Gets the text, which is valid until `body` returns.
    /// - Returns: What `body` returns.
    @unsafe
    public func withUnsafeJSON<Result>(
        expecting size: Int = 256,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        var printer = JSONPrinter(expecting: size)
        unsafe printer.add(handle)
        extendLifetime(self)
        return unsafe printer.withText(body)
    }
}

extension JSONValue: CustomStringConvertible {
    /// The value as JSON text; an infinite number, which JSON does not have, as `null`.
    public var description: String {
        var printer = JSONPrinter(expecting: 256)
        printer.add(self)
        return printer.string()
    }

    /// Reads JSON text.
    ///
    /// - Parameters:
    ///   - text: The whole text.
    ///   - limits: What it may cost.
    /// - Throws: ``JSONError`` with what is wrong and where.
    public init(json text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) {
        self = try PayloadBlock(json: text, limits: limits).value
    }
}

extension JSONObject: CustomStringConvertible {
    /// The object as JSON text.
    public var description: String {
        var printer = JSONPrinter(expecting: 256)
        printer.add(self)
        return printer.string()
    }
}
