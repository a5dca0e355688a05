import GatewayTemplates
import PluginPayloads

/// A resource that is ready to be read.
package struct ReadableResource: Sendable {
    /// How the content is made.
    enum Content: Sendable {
        case text(String)
        case blob(String)
        case template(PromptTemplate)
        case url(URLTemplate)
    }

    let resource: Resource
    let content: Content
    private let pattern: URITemplate?

    init(_ resource: Resource) throws(GatewayError) {
        self.resource = resource
        do throws(URITemplate.Problem) { pattern = try URITemplate(resource.uri) } catch {
            throw .unprocessable("the resource is not valid: uri: \(error.text)")
        }
        content = try Self.content(resource, pattern?.names ?? [])
    }

    private static func content(_ resource: Resource, _ names: Set<String>) throws(GatewayError) -> Content {
        switch resource.source {
        case .text(let text): return .text(text)
        case .blob(let text): return .blob(text)
        case .template(let text):
            do throws(TemplateError) { return .template(try PromptTemplate(text)) } catch {
                throw .unprocessable("the resource is not valid: template: \(error)")
            }
        case .url(let text):
            let url: URLTemplate
            do throws(URLTemplate.Problem) { url = try URLTemplate(text) } catch {
                throw .unprocessable("the resource is not valid: url: \(error.text)")
            }
            let strange = url.names.subtracting(names).sorted().map { "{\($0)}" }
            guard strange.isEmpty else {
                let text = "\(strange.joined(separator: ", ")) has no place in the uri"
                throw .unprocessable("the resource is not valid: url: \(text)")
            }
            return .url(url)
        }
    }

    /// The parameters of a URI; `nil` if it is not this resource's.
    func parameters(of uri: String) -> JSONObject? {
        guard let pattern else { return uri == resource.uri ? [:] : nil }
        return pattern.values(of: uri)
    }
}
