// The engine "remote": a film made by another server that speaks OpenAI's Videos API (OpenAI's own
// stopped in 2026; many servers of open models speak it).
//
//   create    POST {url}/videos, multipart as the official SDKs send it; a server that refuses a
//             form without a file is asked once more in JSON
//   wait      GET {url}/videos/{id} as often as its header openai-poll-after-ms says (1 s without)
//   fetch     GET {url}/videos/{id}/content into a file that appears whole or not at all
//   cancel    DELETE {url}/videos/{id}, when the cancel token is set while the server works
//
// Blocking; one thread. Lost answers and busy servers are asked again with growing pauses, but a
// create is not repeated unless the server has refused it (429), for it may cost money. The key is
// never part of an Error; messages of the server are.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/core/result.h"
#include "base/signal/source.h"

namespace studio {

struct RemoteServer {
    std::string url;                 // up to and with the version: "https://host/v1"
    std::string key;                 // "" = none is sent
    double patience_s = 7200;        // for the whole film; then an Error
    double first_pause_s = 0.5;      // before a request is repeated; doubles to 8 s
    int64_t most_bytes = 8LL << 30;  // of a film
};

struct RemotePicture {
    std::string type;   // "image/png", "image/jpeg", "image/webp"
    std::string bytes;  // of the file; most servers want it at the film's size
};

struct RemoteRequest {
    std::string prompt;                    // 1 .. 32,000 characters for OpenAI's API
    std::string model;                     // "" = the server's choice
    std::string seconds;                   // "8"; "" = the server's choice
    std::string size;                      // "1280x720"; "" = the server's choice
    std::optional<RemotePicture> picture;  // becomes the first frame
};

struct RemoteProgress {
    enum class Step { Sending, Waiting, Working, Fetching } step = Step::Sending;
    double fraction = 0;  // of this step, [0, 1]; as the server says while Working
    std::string id;       // of the video, once it is known
};

struct RemoteFilm {
    std::string id, model, seconds, size;  // as the server says; may be empty
    int64_t bytes = 0;
};

// Makes the film and puts it at `path`. Errors: Usage for what the server calls a bad request
// (400, 404, 422), Cancelled, else Failed.
base::Result<RemoteFilm> make_remote_film(
    const RemoteServer& server, const RemoteRequest& request, const std::string& path,
    bool overwrite, const std::function<void(const RemoteProgress&)>& progress,
    const base::CancelToken* cancel);

}  // namespace studio
