#include "apps/server/http/bare_server.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <memory>
#include <thread>

namespace http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;
using Body = std::shared_ptr<const std::string>;

asio::awaitable<void> session(tcp::socket socket, Body body) {
    beast::flat_buffer buffer;
    beast::error_code error;
    for (;;) {
        beast::http::request<beast::http::empty_body> request;
        co_await beast::http::async_read(socket, buffer, request,
                                         asio::redirect_error(asio::use_awaitable, error));
        if (error) break;
        beast::http::response<beast::http::string_body> response{beast::http::status::ok,
                                                                 request.version()};
        response.set(beast::http::field::server, "bare");
        response.set(beast::http::field::content_type, "application/json");
        response.keep_alive(request.keep_alive());
        response.body() = *body;
        response.prepare_payload();
        co_await beast::http::async_write(socket, response,
                                          asio::redirect_error(asio::use_awaitable, error));
        if (error || !response.keep_alive()) break;
    }
    socket.shutdown(tcp::socket::shutdown_both, error);
}

asio::awaitable<void> accept(tcp::acceptor acceptor, Body body) {
    for (;;) {
        tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
        socket.set_option(tcp::no_delay(true));
        auto executor = socket.get_executor();
        asio::co_spawn(executor, session(std::move(socket), body), asio::detached);
    }
}

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

}  // namespace

int serve_bare(int threads, std::string body) {
    const auto shared = std::make_shared<const std::string>(std::move(body));
    int port = 0;
    // One context, one acceptor a thread.
    for (int i = 0; i < threads; ++i) {
        auto context = std::make_shared<asio::io_context>(1);
        tcp::acceptor acceptor(*context);
        const tcp::endpoint local(asio::ip::address_v4::loopback(), static_cast<uint16_t>(port));
        acceptor.open(local.protocol());
        acceptor.set_option(ReusePort(true));
        acceptor.bind(local);
        acceptor.listen(4096);
        port = acceptor.local_endpoint().port();
        asio::co_spawn(*context, accept(std::move(acceptor), shared), asio::detached);
        std::thread([context] { context->run(); }).detach();
    }
    return port;
}

}  // namespace http
