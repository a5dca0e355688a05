// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "deny-filter",
    products: [.library(name: "deny_filter", type: .dynamic, targets: ["DenyFilterEntry"])],
    dependencies: [.package(path: "../../PluginSDK")],
    targets: [
        // What the plugin does; tests import it.
        .target(
            name: "DenyFilter",
            dependencies: [
                .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "PluginText", package: "PluginSDK"),
            ]
        ),
        // The manifest, which is readable without running the plugin.
        .target(name: "CDenyFilterManifest", dependencies: [.product(name: "CHookgate", package: "PluginSDK")]),
        // What the library exports: one symbol.
        .target(
            name: "DenyFilterEntry",
            dependencies: [
                "DenyFilter", "CDenyFilterManifest", .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "CHookgate", package: "PluginSDK"),
            ],
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--version-script=\(Context.packageDirectory)/exports.map"])
            ]
        ),
        .testTarget(
            name: "DenyFilterTests",
            dependencies: [
                "DenyFilter", .product(name: "PluginTestKit", package: "PluginSDK"),
                .product(name: "PluginPayloads", package: "PluginSDK"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
