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
    /// Steps of one rendering: 32 for each tag, and one for each byte or element that an expression goes through.
    package var maxSteps = 32 * 1024 * 1024

    package init() {}
}
