import GatewayCore
import PluginPayloads

/// Where an answer sends its request: on the same server it is followed, to another one never, for the request may
/// hold what is meant for the first one alone.
enum Redirect {
    /// The request to send instead; `nil` if the answer is one.
    ///
    /// - Throws: That it would go to another server.
    static func target(
        of response: UpstreamResponse,
        to request: UpstreamRequest
    ) throws(UpstreamError) -> UpstreamRequest? {
        guard [301, 302, 303, 307, 308].contains(response.status), let location = response.headers["Location"] else {
            return nil
        }
        let origin = origin(of: request.url)
        var target = request
        if location.hasPrefix("/"), !location.hasPrefix("//"), !location.contains("\\") {
            target.url = origin + location
        } else if Self.origin(of: location) == origin {
            target.url = location
        } else {
            throw .redirected
        }
        // RFC 9110, 15.4: only these two keep method and body for certain.
        if response.status != 307, response.status != 308, request.method != "GET" {
            target.method = "GET"
            target.body = nil
            target.headers["Content-Type"] = nil
        }
        return target
    }

    /// Scheme, host and port of a URL.
    static func origin(of url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return "" }
        let end = url[scheme.upperBound...].firstIndex { "/?#\\".contains($0) } ?? url.endIndex
        return url[..<end].lowercased()
    }
}
