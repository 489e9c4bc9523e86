#include "apps/server/serve.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

#include "apps/server/archive/webhooks.h"
#include "apps/server/core/app.h"
#include "apps/server/core/event_log.h"
#include "apps/server/core/housekeeping.h"
#include "apps/server/core/secrets.h"
#include "apps/server/core/service_manager.h"
#include "apps/server/core/supervisor.h"
#include "apps/server/every_request.h"
#include "apps/server/routes/routes.h"
#include "base/net/http_client.h"
#include "base/text/text.h"
#include "media/atomic_file.h"
#include "neural/engine/model.h"
#include "store/sql/migrate.h"

namespace server {
namespace {

namespace fs = std::filesystem;

constexpr double kWorkersHandBackS = 10;

base::Status write_secret_file(const std::string& path, const std::string& text) {
    const mode_t before = ::umask(0077);
    const base::Status written = media::write_file(path, text);
    ::umask(before);
    return written;
}

// The name of this data folder among nodes: leases of its workers come back when it starts again.
base::Result<std::string> node_name(App& app) {
    const std::string path = app.config.data_dir + "/node";
    std::ifstream in(path);
    std::string name;
    if (std::getline(in, name) && !name.empty()) return name;
    name = new_id("local-");
    TRY(write_secret_file(path, name + "\n"));
    return name;
}

class RunningServer : public Running {
public:
    ~RunningServer() override {
        if (supervisor_) supervisor_->stop(0);
        if (housekeeping_) housekeeping_->stop();
        app_.draining = true;
        app_.http = nullptr;
        http_.reset();
    }

    base::Status start(const ServeOptions& options) {
        const base::Status started = start_parts(options);
        if (!started.ok() && !made_key_.empty()) take_back_key();
        return started;
    }

    int port() const override { return http_->port(); }
    const std::string& base_url() const override { return app_.base_url; }
    const std::string& made_key() const override { return made_key_; }
    const std::string& login_link() const override { return login_link_; }
    bool healthy() override { return app_.db->ping().ok(); }

    void drain() override {
        app_.draining = true;
        // The workers first: their last words need a server that listens.
        if (supervisor_) supervisor_->stop(kWorkersHandBackS);
        housekeeping_->stop();
        http_->drain(app_.config.drain_s);
    }

private:
    // The first key is shown once, at the end: what writes files comes before it is made.
    base::Status start_parts(const ServeOptions& options) {
        app_.config = options.config;
        Config& config = app_.config;
        set_event_log_json(config.log_json);
        TRY(take_data_folder());
        app_.db = TRY(store::Db::open(config.database));
        TRY(store::migrate(*app_.db));
        app_.blobs = TRY(store::BlobStore::open(config.blobs));
        store::QueueOptions queue;
        queue.lease_ms = static_cast<int64_t>(config.lease_s * 1000);
        queue.max_deaths = config.max_deaths;
        app_.queue = std::make_unique<store::Queue>(*app_.db, queue);
        TRY(make_guard());
        app_.media_secret = TRY(installation_secret(*app_.db, "media_secret"));
        TRY(make_worker_token());
        TRY(write_own_files());
        const FirstKey first = TRY(first_key(*app_.db, options.given_key));
        app_.first_caller = first.caller;
        made_key_ = first.made;
        TRY(sync_config_webhooks(*app_.db, config.webhooks));
        TRY(start_http());
        TRY(start_workers(options));
        housekeeping_ = std::make_unique<Housekeeping>(app_);
        const std::string token = new_secret("");
        app_.login_token_hash = sha256_hex(token);
        login_link_ = app_.base_url + "/login?t=" + token;
        return {};
    }

    // Nobody has seen it: the next start makes another.
    void take_back_key() {
        const auto gone =
            app_.db->write("DELETE FROM api_keys WHERE id = ?", {app_.first_caller.key_id});
        if (!gone.ok())
            std::fprintf(stderr, "aozora: the first API key is %s   (shown only now; keep it)\n",
                         made_key_.c_str());
    }

    // Two servers on one data folder would take each other's workers for leftovers.
    base::Status take_data_folder() {
        const std::string path = app_.config.data_dir + "/lock";
        lock_fd_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (lock_fd_ < 0) {
            return base::failed(
                std::string("cannot write into the data folder: ") + std::strerror(errno), path);
        }
        if (::flock(lock_fd_, LOCK_EX | LOCK_NB) != 0) {
            return base::failed(
                "another aozora serve uses this data folder; stop it or choose "
                "another with --data",
                app_.config.data_dir);
        }
        return {};
    }

    base::Status make_guard() {
        studio::GuardOptions guard_options;
        guard_options.enabled = app_.config.moderation;
        if (!app_.config.blocked_terms_file.empty())
            guard_options.terms = TRY(studio::read_terms(app_.config.blocked_terms_file));
        if (!app_.config.blocked_hashes_file.empty()) {
            for (const std::string& hash : TRY(studio::read_terms(app_.config.blocked_hashes_file)))
                guard_options.blocked_sha256.insert(base::to_lower_ascii(hash));
        }
        if (!app_.config.classifier_url.empty()) {
            guard_options.classifier =
                [url = app_.config.classifier_url](
                    std::string_view prompt) -> base::Result<std::optional<studio::Refusal>> {
                base::HttpRequest request;
                request.method = "POST";
                request.url = url;
                request.headers = {{"Content-Type", "application/json"}};
                request.body = base::Json({{"prompt", std::string(prompt)}}).dump();
                request.timeout_s = 10;
                request.allow_private = true;  // the operator chose it
                const auto answer = TRY(base::http_exchange(request));
                if (!answer.ok()) return base::failed("status " + std::to_string(answer.status));
                const auto verdict = TRY(base::parse_json(answer.body, "classifier"));
                if (!verdict.is_object() || !verdict.value("blocked", false))
                    return std::optional<studio::Refusal>();
                const std::string category = verdict.value("category", std::string("classifier"));
                return std::optional<studio::Refusal>(studio::Refusal{
                    category,
                    "Your request was blocked by our moderation system (" + category + ")."});
            };
        }
        app_.guard = std::make_unique<studio::Guard>(std::move(guard_options));
        return {};
    }

    base::Status start_http() {
        Config& config = app_.config;
        app_.origins = {config.hosts, config.cors_origins};
        char name[256] = {};
        if (::gethostname(name, sizeof name - 1) == 0) app_.origins.hosts.push_back(name);
        if (!config.public_url.empty()) {
            const size_t at = config.public_url.find("://");
            std::string host = config.public_url.substr(at == std::string::npos ? 0 : at + 3);
            host = host_name(host.substr(0, host.find('/')));
            if (!host.empty()) app_.origins.hosts.push_back(host);
        }
        http::ServerOptions http;
        http.listen = config.listen;
        socket_path_ = config.data_dir + "/worker.sock";
        http.listen.push_back("unix:" + socket_path_);
        http.tls_cert = config.tls_cert;
        http.tls_key = config.tls_key;
        http.upload_dir = app_.blobs->incoming_dir();
        http.io_threads = config.io_threads;
        http.most_connections = config.most_connections;
        http.guard = [this](const http::RequestHead& head) { return guard(app_, head); };
        http.finish = [this](const http::RequestHead& head, http::Response& response) {
            finish(app_, head, response);
        };
        http.error = plain_error;
        http.done = [this](const http::ServerOptions::Done& done) { count(done); };
        http::Router router = all_routes(app_);
        std::vector<std::string_view> patterns;
        for (const auto& route : router.routes()) patterns.push_back(route->pattern);
        app_.metrics.set_routes(patterns);
        http_ = TRY(http::Server::start(std::move(http), std::move(router)));
        app_.http = http_.get();
        listener_ = app_.db->listen("videos", [this](const std::string& id) {
            app_.board.forget(id);
            if (app_.http && app_.board.anybody_listens(id))
                app_.http->post([this, id] { app_.board.forget(id), tell_of_other_server(id); });
        });
        const std::string scheme = config.tls_cert.empty() ? "http://" : "https://";
        app_.base_url = config.public_url;
        if (app_.base_url.empty()) {
            std::string host = config.listen.empty() ? "127.0.0.1" : config.listen[0];
            host = host.substr(0, host.rfind(':'));
            if (host == "0.0.0.0" || host.empty()) host = "127.0.0.1";
            if (host == "[::]") host = "[::1]";
            app_.base_url = scheme + host + ":" + std::to_string(http_->port());
        }
        return {};
    }

    void tell_of_other_server(const std::string& id) {
        const auto video = app_.cached_video(id);
        if (!video.ok()) return;
        app_.board.tell(id, "video", *(*video)->json);
        if ((*video)->ended) app_.board.close_streams(id);
    }

    base::Status make_worker_token() {
        worker_token_ = app_.config.worker_token;
        if (const char* given = std::getenv("AOZORA_TOKEN"); given && *given) worker_token_ = given;
        if (worker_token_.empty())
            worker_token_ = "wt-" + TRY(installation_secret(*app_.db, "worker_token"));
        app_.worker_token_hash = sha256_hex(worker_token_);
        return {};
    }

    base::Status write_own_files() {
        node_ = TRY(node_name(app_));
        if (app_.config.workers == 0) return {};
        token_file_ = app_.config.data_dir + "/worker.token";
        // Not written anew where it stands already: a server starts on a full disk, too.
        const auto known = media::read_file(token_file_, 4096);
        if (known.ok() && *known == worker_token_ + "\n") return {};
        return write_secret_file(token_file_, worker_token_ + "\n");
    }

    base::Status start_workers(const ServeOptions& options) {
        const Config& config = app_.config;
        end_leftovers(config.data_dir + "/workers.pid");
        const int back = TRY(app_.queue->take_back(node_));
        if (back > 0) log_event(base::LogLevel::Info, "jobs_taken_back", {{"count", back}});
        if (config.workers == 0) return {};
        int threads = config.worker_threads;
        if (threads == 0) {
            threads =
                std::max(1, static_cast<int>(std::thread::hardware_concurrency()) / config.workers);
        }
        SupervisorOptions supervisor;
        supervisor.count = config.workers;
        supervisor.pid_file = config.data_dir + "/workers.pid";
        supervisor.command = {options.program, "worker",
                              "--server",      "unix:" + socket_path_,
                              "--token-file",  token_file_,
                              "--name",        node_ + "/{n}",
                              "--threads",     std::to_string(threads),
                              "--work-dir",    config.data_dir + "/work/{n}",
                              "--child"};
        supervisor_ = std::make_unique<Supervisor>(app_, std::move(supervisor));
        app_.models.announce(neural::usable_models({}));  // what its own workers can do
        return {};
    }

    // Polls are counted; what changes something is also logged.
    void count(const http::ServerOptions::Done& done) {
        app_.metrics.count_request(done.head.route, done.status, done.duration_us, done.bytes_in,
                                   done.bytes_out);
        const bool worker = base::starts_with(done.head.path, "/internal/");
        const bool quiet = done.status < 400 && (done.head.method == "GET" || worker);
        // A line that nobody sees is not made: this is the I/O thread, and polls are most of it.
        if (quiet && app_.config.log_level != "debug") return;
        log_event(quiet                ? base::LogLevel::Debug
                  : done.status >= 500 ? base::LogLevel::Warning
                                       : base::LogLevel::Info,
                  "request",
                  {{"id", done.head.id},
                   {"method", done.head.method},
                   {"route", done.head.route.empty() ? std::string_view("none") : done.head.route},
                   {"status", done.status},
                   {"us", done.duration_us},
                   {"peer", done.head.peer}});
    }

    App app_;
    int lock_fd_ = -1;
    std::string socket_path_, node_, worker_token_, token_file_, made_key_, login_link_;
    std::unique_ptr<http::Server> http_;
    std::shared_ptr<void> listener_;
    std::unique_ptr<Supervisor> supervisor_;
    std::unique_ptr<Housekeeping> housekeeping_;
};

bool is_loopback(const std::string& listen) {
    return base::starts_with(listen, "127.") || base::starts_with(listen, "[::1]") ||
           base::starts_with(listen, "localhost") || base::starts_with(listen, "unix:");
}

void say_hello(const Running& server, const ServeOptions& options) {
    const Config& config = options.config;
    std::printf("Aozora is listening at %s\n", server.base_url().c_str());
    std::printf("  API        %s/v1   (base_url of an OpenAI SDK)\n", server.base_url().c_str());
    if (!server.made_key().empty())
        std::printf("  API key    %s   (shown only now; keep it)\n", server.made_key().c_str());
    else if (config.open)
        std::printf(
            "  API key    none needed: --open lets everybody in who reaches this address\n");
    std::printf("  Playground %s   (works once)\n", server.login_link().c_str());
    std::printf("  Data       %s\n", config.data_dir.c_str());
    std::fflush(stdout);
    for (const std::string& listen : config.listen) {
        if (!is_loopback(listen) && config.tls_cert.empty()) {
            log_event(base::LogLevel::Warning, "no_tls",
                      {{"listen", listen},
                       {"advice",
                        "keys and films cross the network unprotected; use --tls-cert and "
                        "--tls-key or a proxy that ends TLS"}});
        }
    }
}

}  // namespace

base::Result<std::unique_ptr<Running>> start_server(const ServeOptions& options) {
    auto server = std::make_unique<RunningServer>();
    TRY(server->start(options));
    return std::unique_ptr<Running>(std::move(server));
}

int serve_until_signal(const ServeOptions& options) {
    // Blocked before any thread exists, so that only sigtimedwait below takes them.
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    auto server = start_server(options);
    if (!server.ok()) {
        std::fprintf(stderr, "aozora: %s\n", server.error().text().c_str());
        return server.error().kind == base::ErrorKind::Usage ? 2 : 1;
    }
    if (!options.quiet) say_hello(**server, options);
    notify_service_manager("READY=1");
    const double watchdog_s = watchdog_interval_s();
    const double wait_s = watchdog_s > 0 ? watchdog_s : 3600;
    while (true) {
        timespec wait{};
        wait.tv_sec = static_cast<time_t>(wait_s);
        wait.tv_nsec = static_cast<long>((wait_s - static_cast<double>(wait.tv_sec)) * 1e9);
        const int signal = ::sigtimedwait(&signals, nullptr, &wait);
        if (signal == SIGTERM || signal == SIGINT) break;
        if (watchdog_s > 0 && (*server)->healthy()) notify_service_manager("WATCHDOG=1");
    }
    notify_service_manager("STOPPING=1");
    if (!options.quiet) {
        std::printf(
            "stopping: films in progress go back to the queue (once more to stop at once)\n");
        std::fflush(stdout);
    }
    // A second signal ends the process without waiting.
    ::signal(SIGTERM, SIG_DFL);
    ::signal(SIGINT, SIG_DFL);
    pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
    (*server)->drain();
    return 0;
}

}  // namespace server
