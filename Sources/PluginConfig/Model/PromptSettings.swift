/// What `prompts` says about prompts, with the defaults for what it leaves out.
package struct PromptSettings: Sendable, Equatable {
    /// Whether arguments that contain HTML are refused.
    package var refuseHTML = false
    /// Whether templates escape HTML in what they put in.
    package var autoescape = false
    /// Passes of all loops of one rendering.
    package var maxLoopIterations = 10_000
    /// Bytes of one rendered prompt.
    package var maxOutputBytes = 1024 * 1024

    package init() {}
}
