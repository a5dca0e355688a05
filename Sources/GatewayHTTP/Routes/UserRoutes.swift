import GatewayCore
import HTTPTypes
import Hummingbird
import PluginPayloads

/// `/admin/users`: who may send requests.
struct UserRoutes: Sendable {
    private let users: UserDirectory
    private let bodies: BodyReader

    init(users: UserDirectory, bodies: BodyReader) {
        self.users = users
        self.bodies = bodies
    }

    var routes: [Route] {
        [
            Route(.get, "admin/users", .permission(.usersManage)) { _ in
                Response(.array(try await users.users().map { .object($0.object) }))
            },
            Route(.post, "admin/users", .permission(.usersManage)) { call in
                let form = try UserForm(try await bodies.object(of: call.request))
                return Response(.object(try await users.create(form).object))
            },
            Route(.get, "admin/users/:email", .permission(.usersManage)) { call in
                let email = try call.component("email")
                guard let user = try await users.user(email) else { throw UserDirectory.notFound(email) }
                return Response(.object(user.object))
            },
            Route(.put, "admin/users/:email", .permission(.usersManage)) { call in
                let form = try UserForm(try await bodies.object(of: call.request))
                return Response(.object(try await users.update(try call.component("email"), form).object))
            },
            Route(.delete, "admin/users/:email", .permission(.usersManage)) { call in
                let email = try call.component("email")
                try await users.delete(email)
                return Response(["status": "success", "message": .string("user \(email) deleted")])
            },
        ]
    }
}
