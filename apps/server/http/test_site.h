// A server with one route for each kind of answer, for tests.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>

#include "apps/server/http/server.h"
#include "apps/server/http/test_client.h"

namespace http::testing {

class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "aozora-http-XXXXXX").string();
        CHECK(::mkdtemp(name.data()) != nullptr, "a temporary folder");
        path_ = name;
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    const std::string& path() const { return path_; }
    std::string write(const std::string& name, const std::string& bytes) const {
        std::ofstream(path_ + "/" + name, std::ios::binary) << bytes;
        return path_ + "/" + name;
    }
    size_t files() const {
        size_t count = 0;
        for (const auto& entry : std::filesystem::directory_iterator(path_)) {
            count += entry.is_regular_file() ? 1 : 0;
        }
        return count;
    }

private:
    std::string path_;
};

inline Route route(std::string method, std::string pattern, Handler handler) {
    Route made;
    made.method = std::move(method);
    made.pattern = std::move(pattern);
    made.handler = std::move(handler);
    return made;
}

// Tells every part of a form: "name=value;" or "name=@filename:type:bytes:sha256;".
inline std::string describe(const Request& request) {
    std::string out;
    for (const FormPart& part : request.form) {
        out += part.name + "=";
        if (part.file) {
            out += "@" + part.filename + ":" + part.content_type + ":" +
                   std::to_string(part.file->bytes()) + ":" + part.file->sha256();
        } else {
            out += part.value;
        }
        out += ";";
    }
    return out;
}

struct Site {
    explicit Site(const std::function<void(ServerOptions&, Router&)>& change = {}) {
        ServerOptions options;
        options.listen = {"127.0.0.1:0"};
        options.upload_dir = uploads.path();
        options.io_threads = 2;
        options.error = [](int status, const std::string& message) {
            return json_text(status, "{\"error\":\"" + message + "\"}");
        };
        Router router;
        Route hello = route("GET", "/hello", {});
        hello.fast = [](const RequestHead&) -> std::optional<Response> {
            return text(200, "hello");
        };
        router.add(std::move(hello));
        router.add(route("GET", "/greet/{name}", [](Request& request) {
            return text(200, "hello " + std::string(request.param("name")));
        }));
        router.add(route("POST", "/echo", [](Request& request) {
            return text(200, request.body, "application/octet-stream");
        }));
        router.add(
            route("POST", "/form", [](Request& request) { return text(200, describe(request)); }));
        if (change) change(options, router);
        auto started = Server::start(std::move(options), std::move(router));
        CHECK(started.ok(), started.ok() ? "" : started.error().text());
        server = std::move(*started);
    }
    Client client() const { return Client(server->port()); }

    Folder uploads;
    std::unique_ptr<Server> server;
};

}  // namespace http::testing
