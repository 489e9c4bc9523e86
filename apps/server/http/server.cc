#include "apps/server/http/server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "apps/server/http/connection.h"
#include "apps/server/http/listen.h"
#include "apps/server/http/loop.h"
#include "apps/server/http/tls.h"
#include "apps/server/http/upload.h"
#include "base/core/log.h"

namespace http {
namespace {

using boost::system::error_code;

constexpr auto kFullPause = std::chrono::milliseconds(50);  // before looking for room again
constexpr int kMostAccepted = 64;  // in a row; the first loop has clients of its own
constexpr int64_t kSpareDescriptors = 256;

// An accepted socket on its way to a loop.
class Accepted {
public:
    explicit Accepted(int socket) : socket_(socket) {}
    Accepted(Accepted&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
    Accepted& operator=(Accepted&&) = delete;
    ~Accepted() {
        if (socket_ >= 0) ::close(socket_);
    }
    int take() { return std::exchange(socket_, -1); }

private:
    int socket_;
};

class ServerOfLoops final : public Server {
public:
    ServerOfLoops(ServerOptions options, Router router)
        : service_(std::move(options), std::move(router)) {}
    ~ServerOfLoops() override;

    base::Status open();
    int port() const override;
    void drain(double seconds) override;
    Counts counts() const override;
    void post(std::function<void()> work) override;

private:
    Task<void> accept_on(size_t number);
    void welcome(int socket, const Listener& listener, const sockaddr_storage& address);
    void stop_loops();

    Service service_;
    std::vector<Listener> listeners_;
    std::vector<std::unique_ptr<Loop>> loops_;
    // One acceptor each, on the first loop, hands sockets to the least loaded loop.
    std::vector<std::unique_ptr<Stream>> acceptors_;
    bool closing_ = false;  // first loop only
};

base::Status check_options(const ServerOptions& options) {
    if (options.listen.empty())
        return base::usage_error("the server needs an address to listen on");
    if (options.tls_cert.empty() != options.tls_key.empty()) {
        return base::usage_error("TLS needs both a certificate and a key");
    }
    std::error_code error;
    if (!std::filesystem::is_directory(options.upload_dir, error) ||
        ::access(options.upload_dir.c_str(), W_OK | X_OK) != 0) {
        return base::usage_error("the folder for uploads does not exist or is read-only",
                                 options.upload_dir);
    }
    return {};
}

base::Status ServerOfLoops::open() {
    ServerOptions& options = service_.options;
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    if (options.io_threads <= 0) options.io_threads = cores;
    if (options.pool_threads <= 0) options.pool_threads = std::max(4, 2 * cores);
    if (options.upload_dir.empty()) options.upload_dir = std::filesystem::temp_directory_path();
    TRY(check_options(options));
    if (!options.tls_cert.empty()) {
        service_.tls = TRY(make_tls_context(options.tls_cert, options.tls_key));
    }
    for (const std::string& address : options.listen) {
        listeners_.push_back(TRY(Listener::open(address)));
    }
    remove_stale_uploads(options.upload_dir);

    // A connection may hold a file beside its socket.
    const int64_t limit =
        raise_descriptor_limit(2 * int64_t{options.most_connections} + kSpareDescriptors);
    const int64_t most = std::max<int64_t>(16, (limit - kSpareDescriptors) / 2);
    if (most < options.most_connections) {
        base::log_info("http: " + std::to_string(limit) + " open files are allowed, so at most " +
                       std::to_string(most) + " connections (raise with ulimit -n)");
        options.most_connections = static_cast<int>(most);
    }
    // OpenSSL writes to sockets without MSG_NOSIGNAL.
    if (struct sigaction now{};
        ::sigaction(SIGPIPE, nullptr, &now) == 0 && now.sa_handler == SIG_DFL) {
        ::signal(SIGPIPE, SIG_IGN);
    }
    service_.pool = std::make_unique<asio::thread_pool>(static_cast<size_t>(options.pool_threads));
    for (int i = 0; i < options.io_threads; ++i) {
        loops_.push_back(std::make_unique<Loop>(service_));
    }
    for (size_t i = 0; i < listeners_.size(); ++i) {
        acceptors_.push_back(std::make_unique<Stream>(loops_[0]->context.get_executor()));
        error_code error;
        acceptors_[i]->assign(::dup(listeners_[i].socket()), error);
        if (error) return base::failed("cannot wait for connections: " + error.message());
        asio::co_spawn(loops_[0]->context.get_executor(), accept_on(i), asio::detached);
    }
    for (size_t i = 0; i < loops_.size(); ++i) loops_[i]->start(static_cast<int>(i));
    return {};
}

Task<void> ServerOfLoops::accept_on(size_t number) {
    Stream& acceptor = *acceptors_[number];
    const Listener& listener = listeners_[number];
    Timer pause(loops_[0]->context.get_executor());
    while (!closing_) {
        error_code error;
        // At the limit the kernel's backlog is the waiting room.
        bool full = service_.connections.load() >= service_.options.most_connections;
        if (!full) {
            co_await acceptor.async_wait(Stream::wait_read, asio::redirect_error(use_task, error));
            if (error || closing_) co_return;
        }
        for (int taken = 0; !full && taken < kMostAccepted; ++taken) {
            sockaddr_storage address{};
            socklen_t size = sizeof(address);
            const int socket =
                ::accept4(acceptor.native_handle(), reinterpret_cast<sockaddr*>(&address), &size,
                          SOCK_NONBLOCK | SOCK_CLOEXEC);
            if (socket >= 0) {
                welcome(socket, listener, address);
                full = service_.connections.load() >= service_.options.most_connections;
                continue;
            }
            if (errno == EAGAIN || errno == EWOULDBLOCK) break;
            if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
                base::log_warning(std::string("http: no connection can be taken: ") +
                                  std::strerror(errno));
                full = true;
            }
        }
        if (full) {
            pause.expires_after(kFullPause);
            co_await pause.async_wait(asio::redirect_error(use_task, error));
        }
    }
}

void ServerOfLoops::welcome(int socket, const Listener& listener, const sockaddr_storage& address) {
    if (!listener.is_unix()) {
        const int on = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    }
    Connection::Peer peer;
    peer.name =
        listener.is_unix() ? "unix" : peer_name(reinterpret_cast<const sockaddr*>(&address));
    peer.unix_socket = listener.is_unix();
    peer.tls = service_.tls && !listener.is_unix();
    service_.connections.fetch_add(1);
    service_.accepted.fetch_add(1, std::memory_order_relaxed);
    Loop* loop = loops_[0].get();
    for (const auto& other : loops_) {
        if (other->load.load(std::memory_order_relaxed) <
            loop->load.load(std::memory_order_relaxed)) {
            loop = other.get();
        }
    }
    loop->load.fetch_add(1, std::memory_order_relaxed);
    asio::post(loop->context.get_executor(),
               [loop, accepted = Accepted(socket), peer = std::move(peer)]() mutable {
                   Connection::start(*loop, accepted.take(), std::move(peer));
               });
}

int ServerOfLoops::port() const {
    for (const Listener& listener : listeners_) {
        if (!listener.is_unix()) return listener.port();
    }
    return 0;
}

Server::Counts ServerOfLoops::counts() const {
    return {service_.connections.load(), service_.event_streams.load(), service_.requests.load(),
            service_.accepted.load()};
}

void ServerOfLoops::post(std::function<void()> work) {
    asio::post(*service_.pool, [work = std::move(work)] {
        try {
            work();
        } catch (const std::exception& trouble) {
            base::log(base::LogLevel::Error, std::string("http: posted work: ") + trouble.what());
        }
    });
}

void ServerOfLoops::drain(double seconds) {
    service_.draining.store(true);
    asio::post(loops_[0]->context.get_executor(), [this] {
        closing_ = true;
        for (const auto& acceptor : acceptors_) {
            error_code ignored;
            acceptor->close(ignored);
        }
        for (Listener& listener : listeners_) listener.close();
        for (const auto& loop : loops_) {
            asio::post(loop->context.get_executor(), [loop = loop.get()] {
                for (Connection* connection : loop->connections) connection->drain();
            });
        }
    });
    {
        std::unique_lock lock(service_.mutex);
        service_.changed.wait_for(lock, std::chrono::duration<double>(seconds),
                                  [this] { return service_.connections.load() == 0; });
    }
    stop_loops();
}

void ServerOfLoops::stop_loops() {
    for (const auto& loop : loops_) loop->stop();
    for (const auto& loop : loops_) {
        for (Connection* connection : loop->connections) connection->abandon();
    }
}

ServerOfLoops::~ServerOfLoops() {
    stop_loops();
    if (service_.pool) {
        service_.pool->stop();
        service_.pool->join();  // a handler that runs is waited for
        service_.pool.reset();
    }
    acceptors_.clear();
    loops_.clear();
}

}  // namespace

base::Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Router router) {
    auto server = std::make_unique<ServerOfLoops>(std::move(options), std::move(router));
    TRY(server->open());
    return std::unique_ptr<Server>(std::move(server));
}

}  // namespace http
