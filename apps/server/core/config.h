// What an operator may set: a TOML file (docs/aozora.toml, every key commented), then the command
// line, then the environment (AOZORA_API_KEY, AOZORA_TOKEN). Unknown keys are errors with their
// line.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/server/archive/keys.h"
#include "base/core/result.h"

namespace server {

struct ModelAlias {
    std::string model;    // "world-1"
    std::string quality;  // "draft", "standard", "final"
};

struct ConfigWebhook {
    int64_t project_id = 1;
    std::string url, secret;
    std::vector<std::string> events = {"video.completed", "video.failed"};
};

struct Config {
    // [server]
    std::vector<std::string> listen = {"127.0.0.1:8080"};
    std::string tls_cert, tls_key;
    std::vector<std::string> hosts;         // further names that people may use for this server
    std::vector<std::string> cors_origins;  // "https://app.example"; "*" = any, for keys only
    std::string public_url;                 // "" = from the address that is listened on
    bool open = false;                      // no key needed: a trusted network
    bool strict_openai = false;             // OpenAI's sizes, seconds and picture size only
    int io_threads = 0, most_connections = 10'000;
    int64_t most_upload_bytes = int64_t{2} << 30;
    double drain_s = 20;

    // [data]
    std::string data_dir;                       // "" = XDG state folder
    std::string database;                       // "" = DATA/aozora.db
    std::string blobs;                          // "" = DATA/blobs
    std::optional<double> retention_days;       // of content; unset = kept for ever
    int64_t low_disk_bytes = int64_t{1} << 30;  // below it new work is refused

    // [workers]
    int workers = 1;           // child processes; 0 = only a fleet
    int worker_threads = 0;    // each; 0 = cores / workers
    std::string worker_token;  // "" = made up, kept in the database
    double lease_s = 30;
    int max_deaths = 5;

    // [limits]
    KeyLimits key_limits;                // of new keys, not of the first
    double most_seconds = 3600;          // of one film
    double most_extended_seconds = 120;  // of an extended one
    int64_t most_pixels = 9'500'000;     // the world engine makes no larger ones
    int64_t most_waiting = 10'000;       // jobs in the queue, of all projects

    // [models]
    std::string default_model = "world-1";
    std::map<std::string, ModelAlias> aliases;  // filled with OpenAI's names by default

    // [units]: spend units per second of film, by alias or model; "default"
    std::map<std::string, double> units;

    // [input]
    bool allow_image_urls = false;

    // [webhooks]
    bool webhooks_to_private = false;
    std::vector<ConfigWebhook> webhooks;

    // [moderation]
    bool moderation = true;
    std::string blocked_terms_file;   // one term a line
    std::string blocked_hashes_file;  // SHA-256 of pictures and clips, one a line
    std::string classifier_url;       // POST {"prompt"} -> {"blocked":bool,"category":""}

    // [log]
    bool log_json = false;
    bool log_prompts = false;
    std::string log_level = "info";
};

Config default_config();
base::Status read_config_file(const std::string& path, Config& config);
// The same from its text; `path` is what errors name. Every number that it sets is finite and in
// the range that docs/aozora.toml states.
base::Status read_config_text(std::string_view text, const std::string& path, Config& config);
// Fills in where data, database and films lie.
base::Status place_data(Config& config);
// Also what else depends on the rest; makes the data folder (mode 0700).
base::Status finish_config(Config& config);
// The commented example of docs/aozora.toml.
std::string_view config_example();

}  // namespace server
