// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "audit-log",
    products: [.library(name: "audit_log", type: .dynamic, targets: ["AuditLogEntry"])],
    dependencies: [.package(path: "../../PluginSDK")],
    targets: [
        // What the plugin does; tests import it.
        .target(
            name: "AuditLog",
            dependencies: [.product(name: "PluginSDK", package: "PluginSDK")]
        ),
        // The manifest, which is readable without running the plugin.
        .target(name: "CAuditLogManifest", dependencies: [.product(name: "CHookgate", package: "PluginSDK")]),
        // What the library exports: one symbol.
        .target(
            name: "AuditLogEntry",
            dependencies: [
                "AuditLog", "CAuditLogManifest", .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "CHookgate", package: "PluginSDK"),
            ],
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--version-script=\(Context.packageDirectory)/exports.map"])
            ]
        ),
        .testTarget(
            name: "AuditLogTests",
            dependencies: [
                "AuditLog", .product(name: "PluginTestKit", package: "PluginSDK"),
                .product(name: "PluginPayloads", package: "PluginSDK"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
