import GatewayCore
import Hummingbird
import PluginPayloads

/// `/admin/plugins`: what plugins do, and in which mode.
struct AdministrationRoutes: Sendable {
    let administration: any PluginAdministration
    let bodies: BodyReader

    var routes: [Route] {
        [
            Route(.get, "admin/plugins", .permission(.pluginsManage)) { call in
                let filter = PluginFilter(call.request.uri.queryParameters)
                return Response(.array(administration.plugins.filter(filter.accepts).map(JSONValue.object)))
            },
            Route(.get, "admin/plugins/stats", .permission(.pluginsManage)) { _ in
                Response(.object(administration.statistics))
            },
            Route(.get, "admin/plugins/:name", .permission(.pluginsManage)) { call in
                let name = try call.component("name")
                guard let plugin = administration.plugin(named: name) else {
                    throw GatewayError.notFound("plugin not found: \(name); GET /admin/plugins lists all")
                }
                return Response(.object(plugin))
            },
            Route(.put, "admin/plugins/:name", .permission(.pluginsManage), setMode),
        ]
    }

    private func setMode(_ call: RouteCall) async throws -> Response {
        let body = try await bodies.object(of: call.request)
        guard let mode = body["mode"], mode.isNull || mode.string != nil else {
            throw GatewayError.unprocessable(
                "mode: give the word of a mode, or null for what the configuration says"
            )
        }
        let name = try call.component("name")
        return Response(.object(try await administration.setMode(mode.string, of: name)))
    }
}

/// Which plugins a list shows: `?search=…&mode=…&hook=…&tag=…`, all of which have to fit.
struct PluginFilter {
    private let search: String?
    private let mode: String?
    private let hook: String?
    private let tag: String?

    init(_ query: Parameters) {
        search = query.get("search")?.lowercased()
        mode = query.get("mode")
        hook = query.get("hook")
        tag = query.get("tag")
    }

    /// Whether a list shows a plugin.
    func accepts(_ plugin: JSONObject) -> Bool {
        let texts = [plugin["name"], plugin["kind"], plugin["description"]].compactMap { $0?.string?.lowercased() }
        return (search.map { search in texts.contains { $0.contains(search) } } ?? true)
            && (mode.map { plugin["mode"]?.string == $0 } ?? true)
            && Self.list(plugin["hooks"], has: hook) && Self.list(plugin["tags"], has: tag)
    }

    private static func list(_ list: JSONValue?, has text: String?) -> Bool {
        guard let text else { return true }
        return list?.array?.contains(.string(text)) ?? false
    }
}
