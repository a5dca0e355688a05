import GatewayTemplates
import PluginPayloads

/// A prompt that is ready to be rendered.
package struct CompiledPrompt: Sendable {
    let prompt: Prompt
    private let template: PromptTemplate

    /// Compiles a prompt's template.
    ///
    /// - Throws: What is wrong with it, with its line.
    init(_ prompt: Prompt) throws(GatewayError) {
        self.prompt = prompt
        do throws(TemplateError) {
            template = try PromptTemplate(prompt.template)
        } catch {
            throw .unprocessable("the prompt is not valid: template: \(error)")
        }
    }

    /// Renders the prompt.
    ///
    /// - Throws: That a required argument is missing, or that the template asks for too much.
    func render(_ arguments: BlockValue, _ policy: PromptPolicy) throws(GatewayError) -> String {
        let missing = prompt.arguments.filter { $0.isRequired && arguments[$0.name]?.isNull ?? true }.map(\.name)
        guard missing.isEmpty else {
            throw .unprocessable(
                "prompt \"\(prompt.name)\" lacks required arguments: " + missing.joined(separator: ", ")
            )
        }
        do throws(RenderError) {
            return try template.render(arguments, autoescape: policy.autoescapes, limits: policy.limits)
        } catch {
            throw .unprocessable("prompt \"\(prompt.name)\" cannot be rendered: \(error)")
        }
    }
}
