// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "header-injector",
    products: [.library(name: "header_injector", type: .dynamic, targets: ["HeaderInjectorEntry"])],
    dependencies: [.package(path: "../../PluginSDK")],
    targets: [
        // What the plugin does; tests import it.
        .target(
            name: "HeaderInjector",
            dependencies: [
                .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "PluginPayloads", package: "PluginSDK"),
            ],
            swiftSettings: [.enableUpcomingFeature("InternalImportsByDefault")]
        ),
        // The manifest, which is readable without running the plugin.
        .target(name: "CHeaderInjectorManifest", dependencies: [.product(name: "CHookgate", package: "PluginSDK")]),
        // What the library exports: one symbol.
        .target(
            name: "HeaderInjectorEntry",
            dependencies: [
                "HeaderInjector", "CHeaderInjectorManifest", .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "CHookgate", package: "PluginSDK"),
            ],
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--version-script=\(Context.packageDirectory)/exports.map"])
            ]
        ),
        .testTarget(
            name: "HeaderInjectorTests",
            dependencies: [
                "HeaderInjector", .product(name: "PluginTestKit", package: "PluginSDK"),
                .product(name: "PluginPayloads", package: "PluginSDK"),
                .product(name: "PluginSDK", package: "PluginSDK"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
