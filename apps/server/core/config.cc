#include "apps/server/core/config.h"

#include <sys/stat.h>
#include <toml++/toml.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <set>

#include "media/atomic_file.h"

namespace server {
namespace {

constexpr int64_t kMostFileBytes = 1 << 20;
constexpr double kMostUnits = 1e6;  // of one second of film

std::string place(const std::string& path, const toml::node& node) {
    return path + ":" + std::to_string(node.source().begin.line) + ":" +
           std::to_string(node.source().begin.column);
}

// Takes the keys of one table; what was not taken is unknown.
class Section {
public:
    Section(const std::string& path, const std::string& name, const toml::table* table)
        : path_(path), name_(name), table_(table) {}

    base::Status text(const char* key, std::string& out) { return value(key, out, "a string"); }
    base::Status flag(const char* key, bool& out) { return value(key, out, "true or false"); }

    base::Status number(const char* key, double& out, double least, double most) {
        const toml::node* node = find(key);
        if (!node) return {};
        const auto number = node->value<double>();
        if (!number) return wrong(*node, key, "a number");
        if (!(*number >= least && *number <= most)) {
            return wrong(*node, key,
                         "from " + std::to_string(least) + " to " + std::to_string(most));
        }
        out = *number;
        return {};
    }
    template <typename Integer>
    base::Status integer(const char* key, Integer& out, int64_t least, int64_t most) {
        const toml::node* node = find(key);
        if (!node) return {};
        const auto number = node->value_exact<int64_t>();
        if (!number || *number < least || *number > most) {
            return wrong(
                *node, key,
                "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
        }
        out = static_cast<Integer>(*number);
        return {};
    }
    base::Status limit(const char* key, std::optional<int64_t>& out) {
        int64_t value = -1;
        TRY(integer(key, value, 0, int64_t{1} << 50));
        if (value >= 0) out = value;
        return {};
    }
    base::Status texts(const char* key, std::vector<std::string>& out) {
        const toml::node* node = find(key);
        if (!node) return {};
        out.clear();
        if (const auto one = node->value<std::string>()) {
            out.push_back(*one);
            return {};
        }
        const toml::array* all = node->as_array();
        if (!all) return wrong(*node, key, "a list of strings");
        for (const toml::node& item : *all) {
            const auto text = item.value<std::string>();
            if (!text) return wrong(item, key, "a list of strings");
            out.push_back(*text);
        }
        return {};
    }
    base::Status numbers(std::map<std::string, double>& out) {
        if (!table_) return {};
        for (const auto& [key, node] : *table_) {
            const auto number = node.value<double>();
            const std::string name(key.str());
            if (!number || !(*number >= 0 && *number <= kMostUnits))
                return wrong(node, name.c_str(), "a number from 0 to 1000000");
            out[name] = *number;
            taken_.insert(name);
        }
        return {};
    }
    const toml::node* find(const char* key) {
        taken_.insert(key);
        return table_ ? table_->get(key) : nullptr;
    }
    base::Status done() const {
        if (!table_) return {};
        for (const auto& [key, node] : *table_) {
            if (!taken_.count(std::string(key.str()))) {
                return base::usage_error("unknown setting " + name_ + "." + std::string(key.str()) +
                                             "; aozora serve --print-config shows all",
                                         place(path_, node));
            }
        }
        return {};
    }
    base::Status wrong(const toml::node& node, const char* key, const std::string& wanted) const {
        return base::usage_error(name_ + "." + key + " must be " + wanted, place(path_, node));
    }
    const std::string& path() const { return path_; }

private:
    template <typename T>
    base::Status value(const char* key, T& out, const char* wanted) {
        const toml::node* node = find(key);
        if (!node) return {};
        const auto found = node->value_exact<T>();
        if (!found) return wrong(*node, key, wanted);
        out = *found;
        return {};
    }

    std::string path_, name_;
    const toml::table* table_;
    std::set<std::string> taken_;
};

base::Status read_models(Section& models, Config& config) {
    TRY(models.text("default", config.default_model));
    const toml::node* node = models.find("aliases");
    if (!node) return {};
    const toml::table* aliases = node->as_table();
    if (!aliases) return models.wrong(*node, "aliases", "a table");
    for (const auto& [name, entry] : *aliases) {
        const toml::table* table = entry.as_table();
        if (!table) return models.wrong(entry, "aliases", "a table of {model, quality}");
        Section alias(models.path(), "models.aliases." + std::string(name.str()), table);
        ModelAlias value{config.default_model, "standard"};
        TRY(alias.text("model", value.model));
        TRY(alias.text("quality", value.quality));
        TRY(alias.done());
        config.aliases[std::string(name.str())] = value;
    }
    return {};
}

base::Status read_webhooks(Section& section, Config& config) {
    TRY(section.flag("to_private_networks", config.webhooks_to_private));
    const toml::node* node = section.find("endpoints");
    if (!node) return {};
    const toml::array* endpoints = node->as_array();
    if (!endpoints) return section.wrong(*node, "endpoints", "a list of tables");
    for (const toml::node& item : *endpoints) {
        const toml::table* table = item.as_table();
        if (!table) return section.wrong(item, "endpoints", "a list of tables");
        Section endpoint(section.path(), "webhooks.endpoints", table);
        ConfigWebhook hook;
        TRY(endpoint.integer("project", hook.project_id, 1, INT32_MAX));
        TRY(endpoint.text("url", hook.url));
        TRY(endpoint.text("secret", hook.secret));
        TRY(endpoint.texts("events", hook.events));
        TRY(endpoint.done());
        if (hook.url.empty()) return section.wrong(item, "endpoints", "tables with a url");
        config.webhooks.push_back(std::move(hook));
    }
    return {};
}

}  // namespace

Config default_config() {
    Config config;
    for (const char* name : {"sora-2", "sora-2-2025-10-06", "sora-2-2025-12-08", "sora-1-turbo"})
        config.aliases[name] = {"", "standard"};
    for (const char* name : {"sora-2-pro", "sora-2-pro-2025-10-06"})
        config.aliases[name] = {"", "final"};
    // One unit is a tenth of a dollar of Sora 2's last price list: $0.10 a second, pro $0.30.
    config.units = {{"default", 1.0}, {"sora-2-pro", 3.0}, {"sora-2-pro-2025-10-06", 3.0}};
    return config;
}

base::Status read_config_file(const std::string& path, Config& config) {
    auto text = media::read_file(path, kMostFileBytes);
    if (!text.ok()) return base::usage_error(text.error().message, path);
    return read_config_text(*text, path, config);
}

base::Status read_config_text(std::string_view text, const std::string& path, Config& config) {
    toml::table root;
    try {
        root = toml::parse(text, path);
    } catch (const toml::parse_error& error) {
        const auto at = error.source().begin;
        const std::string where =
            at.line ? path + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) : path;
        return base::usage_error(std::string(error.description()), where);
    }
    std::set<std::string> known;
    const auto section = [&](const char* name) {
        known.insert(name);
        return Section(path, name, root[name].as_table());
    };
    Section server = section("server");
    TRY(server.texts("listen", config.listen));
    TRY(server.text("tls_cert", config.tls_cert));
    TRY(server.text("tls_key", config.tls_key));
    TRY(server.texts("hosts", config.hosts));
    TRY(server.texts("cors_origins", config.cors_origins));
    TRY(server.text("public_url", config.public_url));
    TRY(server.flag("open", config.open));
    TRY(server.flag("strict_openai", config.strict_openai));
    TRY(server.integer("io_threads", config.io_threads, 0, 256));
    TRY(server.integer("most_connections", config.most_connections, 8, 1'000'000));
    TRY(server.integer("most_upload_bytes", config.most_upload_bytes, 1 << 10, int64_t{1} << 42));
    TRY(server.number("drain_s", config.drain_s, 0, 3600));
    TRY(server.done());

    Section data = section("data");
    TRY(data.text("dir", config.data_dir));
    TRY(data.text("database", config.database));
    TRY(data.text("blobs", config.blobs));
    double days = -1;
    TRY(data.number("retention_days", days, 0.0001, 36'500));
    if (days > 0) config.retention_days = days;
    TRY(data.integer("low_disk_bytes", config.low_disk_bytes, 0, int64_t{1} << 50));
    TRY(data.done());

    Section workers = section("workers");
    TRY(workers.integer("count", config.workers, 0, 256));
    TRY(workers.integer("threads", config.worker_threads, 0, 1024));
    TRY(workers.text("token", config.worker_token));
    TRY(workers.number("lease_s", config.lease_s, 1, 3600));
    TRY(workers.integer("max_deaths", config.max_deaths, 1, 1000));
    TRY(workers.done());

    Section limits = section("limits");
    TRY(limits.limit("requests_per_minute", config.key_limits.requests_per_minute));
    TRY(limits.limit("concurrent_jobs", config.key_limits.concurrent_jobs));
    TRY(limits.limit("units_per_day", config.key_limits.units_per_day));
    TRY(limits.number("most_seconds", config.most_seconds, 0.1, 86'400));
    TRY(limits.number("most_extended_seconds", config.most_extended_seconds, 0.1, 86'400));
    TRY(limits.integer("most_pixels", config.most_pixels, 1024, int64_t{1} << 28));
    TRY(limits.integer("most_waiting", config.most_waiting, 1, int64_t{1} << 40));
    TRY(limits.done());

    Section models = section("models");
    TRY(read_models(models, config));
    TRY(models.done());

    Section units = section("units");
    TRY(units.numbers(config.units));

    Section input = section("input");
    TRY(input.flag("allow_image_urls", config.allow_image_urls));
    TRY(input.done());

    Section webhooks = section("webhooks");
    TRY(read_webhooks(webhooks, config));
    TRY(webhooks.done());

    Section moderation = section("moderation");
    TRY(moderation.flag("enabled", config.moderation));
    TRY(moderation.text("blocked_terms_file", config.blocked_terms_file));
    TRY(moderation.text("blocked_hashes_file", config.blocked_hashes_file));
    TRY(moderation.text("classifier_url", config.classifier_url));
    TRY(moderation.done());

    Section log = section("log");
    TRY(log.flag("json", config.log_json));
    TRY(log.flag("prompts", config.log_prompts));
    TRY(log.text("level", config.log_level));
    TRY(log.done());

    // [writer] belongs to the command line's writer (apps/cli/writers.h).
    known.insert("writer");
    for (const auto& [key, node] : root) {
        if (!known.count(std::string(key.str()))) {
            return base::usage_error("unknown section or setting \"" + std::string(key.str()) +
                                         "\"; aozora serve --print-config shows all",
                                     place(path, node));
        }
        if (!node.is_table()) {
            const std::string name(key.str());
            return base::usage_error(name + " must be a section: [" + name + "]",
                                     place(path, node));
        }
    }
    return {};
}

base::Status place_data(Config& config) {
    if (config.data_dir.empty()) {
        const char* state = std::getenv("XDG_STATE_HOME");
        const char* home = std::getenv("HOME");
        if (state && *state) config.data_dir = std::string(state) + "/aozora";
        else if (home && *home) config.data_dir = std::string(home) + "/.local/state/aozora";
        else return base::usage_error("no HOME is set; say where to keep data with --data DIR");
    }
    std::error_code error;
    config.data_dir = std::filesystem::absolute(config.data_dir, error).string();
    if (config.database.empty()) config.database = "sqlite:" + config.data_dir + "/aozora.db";
    if (config.blobs.empty()) config.blobs = "dir:" + config.data_dir + "/blobs";
    if (config.tls_cert.empty() != config.tls_key.empty())
        return base::usage_error("--tls-cert and --tls-key belong together");
    return {};
}

base::Status finish_config(Config& config) {
    TRY(place_data(config));
    std::error_code error;
    const bool made = std::filesystem::create_directories(config.data_dir, error);
    if (error) {
        return base::failed("cannot make the data folder: " + error.message(), config.data_dir);
    }
    // It holds keys' hashes, secrets and everybody's films.
    if (made) ::chmod(config.data_dir.c_str(), 0700);
    for (auto& [name, alias] : config.aliases) {
        if (alias.model.empty()) alias.model = config.default_model;
    }
    return {};
}

}  // namespace server
