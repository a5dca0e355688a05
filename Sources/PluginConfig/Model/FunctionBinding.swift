/// The `config` of an entry of kind `ffi`: a function of an existing library that serves as a hook.
package struct FunctionBinding: Sendable, Equatable {
    package let library: Located<String>
    package let symbol: Located<String>
    package let hook: Located<String>
    /// The text of the signature, not yet parsed.
    package let signature: Located<String>

    package init(
        library: Located<String>,
        symbol: Located<String>,
        hook: Located<String>,
        signature: Located<String>
    ) {
        self.library = library
        self.symbol = symbol
        self.hook = hook
        self.signature = signature
    }
}
