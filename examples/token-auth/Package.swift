// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "token-auth",
    products: [.library(name: "token_auth", type: .dynamic, targets: ["TokenAuthEntry"])],
    dependencies: [.package(path: "../../PluginSDK")],
    targets: [
        // What the plugin does; tests import it.
        .target(
            name: "TokenAuth",
            dependencies: [
                .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "PluginPayloads", package: "PluginSDK"),
            ],
            swiftSettings: [.enableUpcomingFeature("InternalImportsByDefault")]
        ),
        // The manifest, which is readable without running the plugin.
        .target(name: "CTokenAuthManifest", dependencies: [.product(name: "CHookgate", package: "PluginSDK")]),
        // What the library exports: one symbol.
        .target(
            name: "TokenAuthEntry",
            dependencies: [
                "TokenAuth", "CTokenAuthManifest", .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "CHookgate", package: "PluginSDK"),
            ],
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--version-script=\(Context.packageDirectory)/exports.map"])
            ]
        ),
        .testTarget(
            name: "TokenAuthTests",
            dependencies: [
                "TokenAuth", .product(name: "PluginTestKit", package: "PluginSDK"),
                .product(name: "PluginPayloads", package: "PluginSDK"),
                .product(name: "PluginSDK", package: "PluginSDK"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
