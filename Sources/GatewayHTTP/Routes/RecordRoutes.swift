import GatewayCore
import HTTPTypes
import Hummingbird
import PluginPayloads

/// The management of one kind of records: list, make, change, remove and, unless reading one means something else,
/// show.
struct RecordRoutes<Record: GatewayRecord>: Sendable {
    let library: RecordLibrary<Record>
    let bodies: BodyReader
    /// Where the routes are.
    var path = Record.path

    /// The routes without that which shows one record.
    var managing: [Route] {
        let permissions = Record.permissions
        return [
            Route(.get, path, .permission(permissions.read)) { _ in list() },
            Route(.post, path, .permission(permissions.create), create),
            Route(.put, "\(path)/:name", .permission(permissions.update), update),
            Route(.delete, "\(path)/:name", .permission(permissions.delete), delete),
        ]
    }

    var all: [Route] {
        managing + [Route(.get, "\(path)/:name", .permission(Record.permissions.read), show)]
    }

    private func list() -> Response {
        Response(.array(library.records.map { .object($0.object) }))
    }

    private func show(_ call: RouteCall) throws -> Response {
        Response(.object(try library.record(try call.component("name")).object))
    }

    private func create(_ call: RouteCall) async throws -> Response {
        let body = try await bodies.object(of: call.request)
        return Response(.object(try await library.create(body, call.hooks).object))
    }

    private func update(_ call: RouteCall) async throws -> Response {
        let body = try await bodies.object(of: call.request)
        return Response(.object(try await library.update(try call.component("name"), body, call.hooks).object))
    }

    private func delete(_ call: RouteCall) async throws -> Response {
        let name = try call.component("name")
        try await library.delete(name)
        return Response(["status": "success", "message": .string("\(Record.kind) \(name) deleted")])
    }
}
