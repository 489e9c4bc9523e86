// Addresses, Unix sockets and TLS.
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include <fstream>

#include "apps/server/http/test_client.h"
#include "apps/server/http/test_site.h"

namespace http {
namespace {

using testing::Client;
using testing::Folder;
using testing::Reply;
using testing::route;
using testing::Site;

base::Error start_error(ServerOptions options) {
    Folder uploads;
    options.upload_dir = uploads.path();
    options.io_threads = 1;
    const auto started = Server::start(std::move(options), Router());
    EXPECT_FALSE(started.ok());
    return started.ok() ? base::Error{} : started.error();
}

TEST(Listen, TellsWhatIsWrongWithAnAddress) {
    for (const char* address : {"", "8080", "host:8080", "127.0.0.1:", "127.0.0.1:99999",
                                "127.0.0.1:80x", "[::1:80", "127.0.0.1:-1"}) {
        const base::Error error = start_error({.listen = {address}});
        EXPECT_NE(error.message.find("--listen"), std::string::npos) << address;
    }
    Site site;
    const std::string port = std::to_string(site.server->port());
    EXPECT_EQ(start_error({.listen = {"127.0.0.1:" + port}}).message,
              "port " + port + " is taken; choose another with --listen");
    ServerOptions options;
    options.listen = {"127.0.0.1:0"};
    options.upload_dir = "/no/such/folder";
    EXPECT_FALSE(Server::start(std::move(options), Router()).ok());
}

TEST(Listen, APortIsFreeAtOnceAfterUse) {
    int port = 0;
    {
        Site site;
        port = site.server->port();
        Client client = site.client();
        EXPECT_EQ(client.get("/hello").status, 200);
        site.server.reset();  // the server's side closes first: TIME_WAIT is on its port
    }
    Site again([&](ServerOptions& options, Router&) {
        options.listen = {"127.0.0.1:" + std::to_string(port)};
    });
    EXPECT_EQ(again.client().get("/hello").status, 200);
}

TEST(Listen, UnixSockets) {
    Folder folder;
    const std::string path = folder.path() + "/server.sock";
    const std::string file = folder.write("film", std::string(500'000, 'f'));
    const auto change = [&](ServerOptions& options, Router& router) {
        options.listen = {"unix:" + path, "127.0.0.1:0"};
        router.add(route("GET", "/peer", [](Request& request) {
            return text(200, request.peer + (request.unix_socket ? " local" : ""));
        }));
        router.add(route("GET", "/film", [file](Request&) {
            Response response;
            response.body = FileBody{file};
            return response;
        }));
    };
    {
        Site site(change);
        struct stat info {};
        ASSERT_EQ(::stat(path.c_str(), &info), 0);
        EXPECT_EQ(info.st_mode & 0777, 0600u);
        Client client(path);
        EXPECT_EQ(client.get("/peer").body, "unix local");
        EXPECT_EQ(client.get("/film").body.size(), 500'000u);
        EXPECT_EQ(client.get("/film", "Range: bytes=1-2\r\n").body, "ff");
        EXPECT_EQ(site.client().get("/peer").body, "127.0.0.1");
        EXPECT_GT(site.server->port(), 0);
        EXPECT_EQ(start_error({.listen = {"unix:" + path}}).message,
                  "another server answers on this Unix socket");
        EXPECT_EQ(Client(path).get("/peer").status, 200) << "and it still does";
    }
    EXPECT_NE(::access(path.c_str(), F_OK), 0) << "the name goes with the server";
    {  // what a killed server leaves
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
        const int dead = ::socket(AF_UNIX, SOCK_STREAM, 0);
        ASSERT_EQ(::bind(dead, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
        ::close(dead);
        Site site(change);
        EXPECT_EQ(Client(path).get("/peer").body, "unix local");
    }
    folder.write("server.sock", "precious");
    EXPECT_NE(start_error({.listen = {"unix:" + path}}).message.find("a file"), std::string::npos);
    EXPECT_EQ(std::filesystem::file_size(path), 8u);
    EXPECT_FALSE(start_error({.listen = {"unix:/" + std::string(200, 'x')}}).message.empty());
}

// A key and a certificate for it, signed by itself.
void write_pair(const Folder& folder, const std::string& name) {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* cert = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
    X509_gmtime_adj(X509_getm_notBefore(cert), -60);
    X509_gmtime_adj(X509_getm_notAfter(cert), 3600);
    X509_set_pubkey(cert, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(cert), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
    X509_set_issuer_name(cert, X509_get_subject_name(cert));
    X509_sign(cert, key, EVP_sha256());
    FILE* file = std::fopen((folder.path() + "/" + name + ".crt").c_str(), "w");
    PEM_write_X509(file, cert);
    std::fclose(file);
    file = std::fopen((folder.path() + "/" + name + ".key").c_str(), "w");
    PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(file);
    file = std::fopen((folder.path() + "/" + name + ".locked").c_str(), "w");
    PEM_write_PrivateKey(file, key, EVP_aes_128_cbc(), nullptr, 0, nullptr,
                         const_cast<char*>("secret"));
    std::fclose(file);
    X509_free(cert);
    EVP_PKEY_free(key);
}

class TlsClient {
public:
    explicit TlsClient(int port, int version = 0) : client_(port) {
        context_ = SSL_CTX_new(TLS_client_method());
        if (version) {
            SSL_CTX_set_security_level(context_, 0);
            SSL_CTX_set_min_proto_version(context_, version);
            SSL_CTX_set_max_proto_version(context_, version);
        }
        ssl_ = SSL_new(context_);
        SSL_set_fd(ssl_, client_.socket());
        connected_ = SSL_connect(ssl_) == 1;
    }
    ~TlsClient() {
        SSL_free(ssl_);
        SSL_CTX_free(context_);
    }
    bool connected() const { return connected_; }
    void send(const std::string& bytes) {
        ASSERT_EQ(SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())),
                  static_cast<int>(bytes.size()));
    }
    std::string read_until(const std::string& text) {
        std::string all;
        char bytes[16384];
        while (all.find(text) == std::string::npos) {
            const int got = SSL_read(ssl_, bytes, sizeof(bytes));
            if (got <= 0) break;
            all.append(bytes, static_cast<size_t>(got));
        }
        return all;
    }

private:
    Client client_;
    SSL_CTX* context_;
    SSL* ssl_;
    bool connected_ = false;
};

TEST(Tls, ServesAllKindsOfAnswers) {
    Folder folder;
    write_pair(folder, "a");
    const std::string film = folder.write("film", std::string(300'000, 'f') + "END");
    std::shared_ptr<EventStream> events = EventStream::create();
    Site site([&](ServerOptions& options, Router& router) {
        options.tls_cert = folder.path() + "/a.crt";
        options.tls_key = folder.path() + "/a.key";
        options.header_timeout_s = 0.3;
        router.add(route("GET", "/film", [&](Request& request) {
            Response response;
            response.body = FileBody{film};
            response.with("X-Tls", request.tls ? "yes" : "no");
            return response;
        }));
        router.add(route("GET", "/events", [&](Request&) {
            Response response;
            response.body = events;
            return response;
        }));
    });
    Client silent = site.client();
    TlsClient client(site.server->port());
    ASSERT_TRUE(client.connected());
    client.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\nGET /greet/you HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_NE(client.read_until("hello you").find("\r\n\r\nhello"), std::string::npos);
    client.send("GET /film HTTP/1.1\r\nHost: x\r\n\r\n");
    const std::string got = client.read_until("END");
    EXPECT_GT(got.size(), 300'000u);
    EXPECT_NE(got.find("X-Tls: yes"), std::string::npos);
    const std::string body(200'000, 'u');
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 200003\r\n\r\n" + body + "END");
    EXPECT_GT(client.read_until("END").size(), 200'000u);
    client.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
    events->send("", "one");
    EXPECT_NE(client.read_until("data: one").find("text/event-stream"), std::string::npos);
    EXPECT_TRUE(silent.ends()) << "a handshake has its time, too";
    EXPECT_FALSE(TlsClient(site.server->port(), TLS1_1_VERSION).connected());
    EXPECT_TRUE(TlsClient(site.server->port(), TLS1_2_VERSION).connected());
    Client plain = site.client();
    plain.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_TRUE(plain.ends());
    site.server->drain(5);
    EXPECT_TRUE(events->gone());
}

TEST(Tls, TellsWhatIsWrongWithItsFiles) {
    Folder folder;
    write_pair(folder, "a");
    write_pair(folder, "b");
    const auto error = [&](const std::string& cert, const std::string& key) {
        ServerOptions options;
        options.listen = {"127.0.0.1:0"};
        if (!cert.empty()) options.tls_cert = folder.path() + "/" + cert;
        if (!key.empty()) options.tls_key = folder.path() + "/" + key;
        return start_error(std::move(options)).text();
    };
    EXPECT_NE(error("a.crt", "").find("both"), std::string::npos);
    EXPECT_NE(error("none.crt", "a.key").find("none.crt"), std::string::npos);
    EXPECT_NE(error("a.crt", "none.key").find("none.key"), std::string::npos);
    EXPECT_NE(error("a.key", "a.key").find("not a PEM certificate"), std::string::npos);
    EXPECT_NE(error("a.crt", "a.crt").find("not a PEM key"), std::string::npos);
    EXPECT_NE(error("a.crt", "b.key").find("does not belong"), std::string::npos);
    EXPECT_NE(error("a.crt", "a.locked").find("without a passphrase"), std::string::npos);
}

}  // namespace
}  // namespace http
