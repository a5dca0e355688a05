// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "regex-filter",
    products: [.library(name: "regex_filter", type: .dynamic, targets: ["RegexFilterEntry"])],
    dependencies: [.package(path: "../../PluginSDK")],
    targets: [
        // What the plugin does; tests import it.
        .target(
            name: "RegexFilter",
            dependencies: [
                .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "PluginText", package: "PluginSDK"),
            ]
        ),
        // The manifest, which is readable without running the plugin.
        .target(name: "CRegexFilterManifest", dependencies: [.product(name: "CHookgate", package: "PluginSDK")]),
        // What the library exports: one symbol.
        .target(
            name: "RegexFilterEntry",
            dependencies: [
                "RegexFilter", "CRegexFilterManifest", .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "CHookgate", package: "PluginSDK"),
            ],
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--version-script=\(Context.packageDirectory)/exports.map"])
            ]
        ),
        .testTarget(
            name: "RegexFilterTests",
            dependencies: [
                "RegexFilter", .product(name: "PluginTestKit", package: "PluginSDK"),
                .product(name: "PluginPayloads", package: "PluginSDK"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
