#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "apps/cli/commands.h"
#include "apps/cli/options.h"
#include "apps/cli/server_options.h"
#include "apps/server/serve.h"
#include "base/core/log.h"

namespace apps {
namespace {

struct ServeArguments {
    ServerArguments common;
    std::vector<std::string> listen, hosts, cors;
    std::string tls_cert, tls_key;
    int workers = -1, threads = -1;
    double retention_days = -1;
    bool open = false, strict = false, print_config = false, json_logs = false, verbose = false;
};

int run_serve(const ServeArguments& given) {
    if (given.print_config) {
        std::fwrite(server::config_example().data(), 1, server::config_example().size(), stdout);
        return kExitOk;
    }
    auto read = read_server_config(given.common);
    if (!read.ok()) return report_error(read.error());
    server::ServeOptions options;
    options.config = std::move(*read);
    server::Config& config = options.config;
    if (!given.listen.empty()) config.listen = given.listen;
    for (const std::string& host : given.hosts) config.hosts.push_back(host);
    for (const std::string& origin : given.cors) config.cors_origins.push_back(origin);
    if (!given.tls_cert.empty()) config.tls_cert = given.tls_cert;
    if (!given.tls_key.empty()) config.tls_key = given.tls_key;
    if (given.workers >= 0) config.workers = given.workers;
    if (given.threads >= 0) config.worker_threads = given.threads;
    if (given.retention_days > 0) config.retention_days = given.retention_days;
    config.open |= given.open;
    config.strict_openai |= given.strict;
    config.log_json |= given.json_logs;
    const base::Status finished = server::finish_config(config);
    if (!finished.ok()) return report_error(finished.error());
    base::LogLevel level = base::LogLevel::Info;
    if (given.verbose) config.log_level = "debug";
    if (config.log_level == "debug") level = base::LogLevel::Debug;
    else if (config.log_level == "warning") level = base::LogLevel::Warning;
    else if (config.log_level == "error") level = base::LogLevel::Error;
    else if (config.log_level != "info")
        return report_error(base::usage_error("log.level must be debug, info, warning or error"));
    base::set_log_level(level);
    if (const char* key = std::getenv("AOZORA_API_KEY")) options.given_key = key;
    std::error_code error;
    options.program = std::filesystem::read_symlink("/proc/self/exe", error).string();
    if (error) return report_error(base::failed("cannot find this program's own file"));
    return server::serve_until_signal(options);
}

}  // namespace

void add_server_options(CLI::App& command, ServerArguments& arguments) {
    command.add_option("--data", arguments.data, "Folder of everything the server keeps")
        ->type_name("DIR");
    command
        .add_option("--database", arguments.database,
                    "postgres://user:password@host/name, or a file (default: DATA/aozora.db)")
        ->type_name("URL");
    command
        .add_option(
            "--blobs", arguments.blobs,
            "Where films lie: a folder or s3://bucket/prefix?endpoint=... (default: DATA/blobs)")
        ->type_name("URL");
    command
        .add_option("--config", arguments.config_file, "TOML file; --print-config shows all of it")
        ->type_name("FILE");
}

base::Result<server::Config> read_server_config(const ServerArguments& arguments) {
    server::Config config = server::default_config();
    if (!arguments.config_file.empty())
        TRY(server::read_config_file(arguments.config_file, config));
    if (!arguments.data.empty()) config.data_dir = arguments.data;
    if (!arguments.database.empty()) config.database = arguments.database;
    if (!arguments.blobs.empty()) config.blobs = arguments.blobs;
    return config;
}

void add_serve_command(CLI::App& app, Run& run) {
    auto given = std::make_shared<ServeArguments>();
    CLI::App* command =
        app.add_subcommand("serve",
                           "The Videos API and the playground\n"
                           "Example:  aozora serve        then open the link it prints");
    command
        ->add_option("--listen", given->listen, "Address (default 127.0.0.1:8080); may be repeated")
        ->type_name("HOST:PORT");
    add_server_options(*command, given->common);
    command
        ->add_option("--workers", given->workers, "Worker processes (default 1; 0 = only a fleet)")
        ->check(CLI::Range(0, 256));
    command->add_option("--threads", given->threads, "Threads of each worker (default: all cores)")
        ->check(CLI::Range(0, 1024));
    command->add_option("--tls-cert", given->tls_cert, "Certificate chain, PEM")->type_name("FILE");
    command->add_option("--tls-key", given->tls_key, "Its private key, PEM")->type_name("FILE");
    command
        ->add_option("--host", given->hosts,
                     "A name that people use for this server; may be repeated")
        ->type_name("NAME");
    command->add_option("--cors", given->cors, "An origin whose pages may call the API with a key")
        ->type_name("ORIGIN");
    command->add_option("--retention-days", given->retention_days,
                        "Drop the content of films after so long (default: never)");
    command->add_flag("--open", given->open,
                      "No key needed: for a network where you trust everybody");
    command->add_flag("--strict-openai", given->strict,
                      "Only OpenAI's sizes, lengths and picture sizes");
    command->add_flag("--log-json", given->json_logs, "Log lines as JSON");
    command->add_flag("-v,--verbose", given->verbose, "Log every request");
    command->add_flag("--print-config", given->print_config,
                      "Print a commented configuration file");
    command->footer(
        "AOZORA_API_KEY, when set, is accepted as a key of the first project; AOZORA_TOKEN is the\n"
        "token of workers (aozora worker --server URL).");
    command->callback([given, &run] { run = [given] { return run_serve(*given); }; });
}

}  // namespace apps
