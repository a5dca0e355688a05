// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "schema-guard",
    products: [.library(name: "schema_guard", type: .dynamic, targets: ["SchemaGuardEntry"])],
    dependencies: [.package(path: "../../PluginSDK")],
    targets: [
        // What the plugin does; tests import it.
        .target(
            name: "SchemaGuard",
            dependencies: [
                .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "PluginPayloads", package: "PluginSDK"),
                .product(name: "PluginSchema", package: "PluginSDK"),
            ],
            swiftSettings: [.enableUpcomingFeature("InternalImportsByDefault")]
        ),
        // The manifest, which is readable without running the plugin.
        .target(name: "CSchemaGuardManifest", dependencies: [.product(name: "CHookgate", package: "PluginSDK")]),
        // What the library exports: one symbol.
        .target(
            name: "SchemaGuardEntry",
            dependencies: [
                "SchemaGuard", "CSchemaGuardManifest", .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "CHookgate", package: "PluginSDK"),
            ],
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--version-script=\(Context.packageDirectory)/exports.map"])
            ]
        ),
        .testTarget(
            name: "SchemaGuardTests",
            dependencies: [
                "SchemaGuard", .product(name: "PluginTestKit", package: "PluginSDK"),
                .product(name: "PluginPayloads", package: "PluginSDK"),
                .product(name: "PluginSDK", package: "PluginSDK"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
