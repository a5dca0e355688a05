extension PromptSettings {
    enum Key: String, CaseIterable {
        case refuseHTML = "refuse_html"
        case autoescape
        case maxLoopIterations = "max_loop_iterations"
        case maxOutputBytes = "max_output_bytes"
        case maxSteps = "max_steps"
    }

    init(_ section: Section<Key>?) {
        guard let section else { return }
        section[.refuseHTML]?.boolean().assign(to: &refuseHTML)
        section[.autoescape]?.boolean().assign(to: &autoescape)
        section[.maxLoopIterations]?.integer(in: 1...10_000_000).assign(to: &maxLoopIterations)
        section[.maxOutputBytes]?.integer(in: 1...(1 << 30)).assign(to: &maxOutputBytes)
        section[.maxSteps]?.integer(in: 1_024...(1 << 36)).assign(to: &maxSteps)
    }
}
