#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "apps/cli/commands.h"
#include "apps/cli/interrupt.h"
#include "apps/cli/options.h"
#include "apps/cli/version.h"
#include "base/core/log.h"
#include "base/text/text.h"
#include "media/atomic_file.h"
#include "neural/engine/model.h"
#include "studio/worker/run.h"
#include "studio/worker/sandbox.h"

namespace apps {
namespace {

constexpr int64_t kMostTokenBytes = 4096;

struct WorkerFlags {
    std::string server, token, token_file, name, work_dir;
    int threads = 0;
    bool once = false, child = false;
};

std::string host_name() {
    char name[256] = {};
    if (gethostname(name, sizeof name - 1) != 0 || name[0] == '\0') return "worker";
    return name;
}

// The order of trust: what was said, a file, the environment. Tokens in files and in the
// environment do not show in the list of processes.
base::Result<std::string> find_token(const WorkerFlags& flags) {
    if (!flags.token.empty()) return flags.token;
    if (!flags.token_file.empty()) {
        const std::string text = TRY(media::read_file(flags.token_file, kMostTokenBytes));
        return std::string(base::trim(text));
    }
    const char* variable = std::getenv("AOZORA_TOKEN");
    if (variable != nullptr && variable[0] != '\0') return std::string(variable);
    return base::usage_error("a worker needs a token: --token, --token-file or AOZORA_TOKEN",
                             "--token");
}

int work(const WorkerFlags& flags) {
    if (flags.child) {
        // At once: the server is gone, and the next one takes the job back by itself.
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        // The server may have died before that call. (It may be process 1, in a container.)
        const char* parent = std::getenv("AOZORA_PARENT");
        if (parent && getppid() != std::atoi(parent)) return kExitFailed;
    }
    const auto token = find_token(flags);
    if (!token.ok()) return report_error(token.error());
    if (flags.threads < 0 || flags.threads > 1024) {
        return report_error(base::usage_error("threads go from 1 to 1024; 0 = all cores",
                                              "--threads " + std::to_string(flags.threads)));
    }
    base::set_log_level(base::LogLevel::Info);
    studio::WorkerOptions options;
    options.client.server = flags.server;
    options.client.token = *token;
    options.client.worker =
        flags.name.empty() ? host_name() + "/" + std::to_string(getpid()) : flags.name;
    options.client.version = kVersion;
    options.client.engines = {"world", "neural"};
    options.client.models = neural::usable_models({});
    options.client.models.insert(options.client.models.begin(), "world-1");
    options.threads = flags.threads;
    options.work_dir = flags.work_dir;
    options.once = flags.once;
    const auto done = studio::run_worker(options, interrupt_token());
    return done.ok() ? kExitOk : report_error(done.error());
}

// What the worker starts in its sandbox. Exit 0, or 1 and one line on standard output.
int decode(const std::string& kind, const std::string& from, const std::string& to,
           double most_seconds) {
    studio::DecodeLimits limits;
    limits.most_seconds = most_seconds;
    const auto done = studio::decode_untrusted(kind == "picture" ? studio::Untrusted::Picture
                                               : kind == "sound" ? studio::Untrusted::Sound
                                                                 : studio::Untrusted::Clip,
                                               from, to, limits);
    if (done.ok()) return kExitOk;
    std::printf("%s\n", studio::refusal_line(done.error()).c_str());
    return kExitFailed;
}

struct DecodeFlags {
    std::string kind, from, to;
    double most_seconds = 0;
};

void add_decode_command(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand("decode-untrusted", "")->group("");
    auto flags = std::make_shared<DecodeFlags>();
    command->add_option("kind", flags->kind)
        ->required()
        ->check(CLI::IsMember({"clip", "picture", "sound"}));
    command->add_option("from", flags->from)->required();
    command->add_option("to", flags->to)->required();
    command->add_option("most_seconds", flags->most_seconds)->required();
    command->callback([flags, &run] {
        run = [flags] { return decode(flags->kind, flags->from, flags->to, flags->most_seconds); };
    });
}

}  // namespace

void add_worker_command(CLI::App& app, Run& run) {
    CLI::App* command =
        app.add_subcommand("worker", "Makes films for a server: one of its fleet's workers");
    auto flags = std::make_shared<WorkerFlags>();
    command->add_option("--server", flags->server, "https://HOST, http://HOST:PORT or unix:/path")
        ->required();
    command->add_option("--token", flags->token, "Worker token; better in AOZORA_TOKEN or a file");
    command->add_option("--token-file", flags->token_file, "File that holds the token");
    command->add_option("--name", flags->name, "NODE/NUMBER; default: this machine's name");
    command->add_option("--threads", flags->threads, "Threads; default: all cores");
    command->add_option("--work-dir", flags->work_dir, "Where unfinished films lie");
    command->add_flag("--once", flags->once, "One job, then end");
    command->add_flag("--child", flags->child, "End with the process that started it")->group("");
    command->callback([flags, &run] { run = [flags] { return work(*flags); }; });
    add_decode_command(app, run);
}

}  // namespace apps
