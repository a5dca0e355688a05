/// What rendering a template once may cost.
package struct RenderLimits: Sendable, Hashable {
    /// Rounds of all loops together.
    package var maxIterations: Int

    /// Bytes of the result.
    package var maxOutputBytes: Int

    /// Steps: 32 for each tag that is reached, and one for each byte or element that an expression goes through.
    ///
    /// It bounds the time that a template takes without printing anything.
    package var maxSteps: Int

    /// Makes limits; the defaults are those of a gateway.
    package init(maxIterations: Int = 10_000, maxOutputBytes: Int = 1 << 20, maxSteps: Int = 32 << 20) {
        self.maxIterations = maxIterations
        self.maxOutputBytes = maxOutputBytes
        self.maxSteps = maxSteps
    }
}
