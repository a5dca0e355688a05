// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "resource-filter",
    products: [.library(name: "resource_filter", type: .dynamic, targets: ["ResourceFilterEntry"])],
    dependencies: [.package(path: "../../PluginSDK")],
    targets: [
        // Which host a URI leads to, however it is spelled.
        .target(name: "CanonicalHosts"),
        // What the plugin does; tests import it.
        .target(
            name: "ResourceFilter",
            dependencies: [
                "CanonicalHosts",
                .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "PluginText", package: "PluginSDK"),
            ]
        ),
        // The manifest, which is readable without running the plugin.
        .target(name: "CResourceFilterManifest", dependencies: [.product(name: "CHookgate", package: "PluginSDK")]),
        // What the library exports: one symbol.
        .target(
            name: "ResourceFilterEntry",
            dependencies: [
                "ResourceFilter", "CResourceFilterManifest", .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "CHookgate", package: "PluginSDK"),
            ],
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--version-script=\(Context.packageDirectory)/exports.map"])
            ]
        ),
        .testTarget(name: "CanonicalHostsTests", dependencies: ["CanonicalHosts"]),
        .testTarget(
            name: "ResourceFilterTests",
            dependencies: [
                "ResourceFilter", .product(name: "PluginTestKit", package: "PluginSDK"),
                .product(name: "PluginPayloads", package: "PluginSDK"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
