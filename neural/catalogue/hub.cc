#include "neural/catalogue/hub.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <thread>

#include "base/core/sha256.h"
#include "base/json/json.h"
#include "base/net/http_client.h"
#include "base/text/text.h"

namespace neural {
namespace {

constexpr int kMostRedirects = 5;
constexpr double kTimeout_s = 30;
constexpr int kSilent = 3;

std::string header(const base::HttpResponse& response, std::string_view name) {
    const std::string* value = response.header(name);
    return value ? *value : std::string();
}

int64_t number(const std::string& text) {
    int64_t value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : -1;
}

// A server's sentence for a message of ours: printable, and not a novel.
std::string sentence(const std::string& text) {
    std::string clean;
    for (const char c : text.substr(0, 300))
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) clean += c;
    return base::is_valid_utf8(clean) ? clean : std::string();
}

// W/"abc" -> abc
std::string bare_etag(std::string text) {
    if (text.starts_with("W/")) text = text.substr(2);
    std::erase(text, '"');
    return text;
}

std::string origin_of(const std::string& url) {
    const size_t scheme = url.find("://");
    if (scheme == url.npos) return {};
    return url.substr(0, url.find('/', scheme + 3));
}

bool is_path_safe(const std::string& path) {
    if (path.empty() || path.starts_with('/') || path.find('\\') != path.npos) return false;
    for (const std::string& part : base::split(path, '/'))
        if (part.empty() || part == "." || part == "..") return false;
    return path.find_first_of("?#%\r\n ") == path.npos;
}

bool wait(double seconds, const base::CancelToken* cancel) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    while (std::chrono::steady_clock::now() < until) {
        if (cancel && cancel->cancelled()) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return true;
}

// One exchange, again where the server is busy or does not answer.
base::Result<base::HttpResponse> patiently(const HubOptions& options,
                                           const base::HttpRequest& request) {
    double pause = options.first_wait_s;
    for (int attempt = 1;; ++attempt, pause *= 2) {
        auto answer = base::http_exchange(request);
        const bool busy = answer.ok() &&
                          (answer->status == 429 || answer->status == 408 || answer->status >= 500);
        if (answer.ok() && !busy) return answer;
        if (!answer.ok() && answer.error().kind != base::ErrorKind::Failed) return answer;
        // Whoever does not answer at all is not there, or named wrongly.
        if (attempt >= (answer.ok() ? options.attempts : std::min(options.attempts, kSilent)))
            return answer;
        double seconds = pause;
        if (answer.ok()) {
            const int64_t asked = number(header(*answer, "retry-after"));
            if (asked >= 0) seconds = static_cast<double>(asked);
        }
        if (!wait(std::min(seconds, options.most_wait_s), options.cancel))
            return base::Error{base::ErrorKind::Cancelled, "cancelled", {}};
    }
}

base::HttpRequest question(const HubOptions& options, const std::string& url) {
    base::HttpRequest request;
    request.url = url;
    request.timeout_s = kTimeout_s;
    request.allow_private = true;  // the operator names the hub
    request.cancel = options.cancel;
    // Never to a host that the token was not meant for.
    if (!options.token.empty() && origin_of(url) == origin_of(options.endpoint + "/"))
        request.headers.push_back({"Authorization", "Bearer " + options.token});
    return request;
}

base::Error refusal(const HubOptions& options, const base::HttpResponse& response) {
    const std::string code = header(response, "x-error-code");
    const std::string said = sentence(header(response, "x-error-message"));
    const std::string where = base::url_without_secrets(response.url);
    std::string text;
    const bool gated = code == "GatedRepo" || response.status == 403;
    if (gated && options.token.empty()) {
        text =
            "the model is gated: accept its licence on the hub's page of the model, make a token "
            "there that may read gated repositories, and give it in HF_TOKEN or --token";
    } else if (gated) {
        text =
            "the model is gated and this token has no access: accept its licence on the hub's "
            "page of the model with the account of the token";
    } else if (response.status == 401) {
        text = options.token.empty()
                   ? "the hub wants a token (HF_TOKEN or --token), or there is no such repository"
                   : "the hub does not accept this token (HF_TOKEN or --token)";
    } else if (response.status == 404) {
        text = code == "RepoNotFound"       ? "the hub has no such repository"
               : code == "RevisionNotFound" ? "the repository has no such revision"
                                            : "there is no such file on the hub";
    } else if (response.status == 429) {
        text = "the hub asks for patience; try again later";
    } else {
        text = "the hub answered " + std::to_string(response.status);
    }
    if (!said.empty()) text += "; it says: " + said;
    base::Error error = base::failed(text, where);
    if (response.status == 404) error.kind = base::ErrorKind::NotFound;
    return error;
}

HubFile file_of(const base::HttpResponse& response, const std::string& url) {
    HubFile file;
    file.url = url;
    file.commit = header(response, "x-repo-commit");
    const std::string linked = bare_etag(header(response, "x-linked-etag"));
    file.etag = linked.empty() ? bare_etag(header(response, "etag")) : linked;
    if (base::is_sha256(file.etag)) file.sha256 = file.etag;
    const std::string size = header(response, "x-linked-size");
    file.bytes = number(size.empty() ? header(response, "content-length") : size);
    return file;
}

}  // namespace

base::Result<HubFile> resolve_address(const HubOptions& options, const std::string& url) {
    std::string at = url;
    for (int hop = 0; hop <= kMostRedirects; ++hop) {
        base::HttpRequest request = question(options, at);
        request.method = "HEAD";
        request.max_redirects = 0;
        request.headers.push_back({"Accept-Encoding", "identity"});
        const base::HttpResponse answer = TRY(patiently(options, request));
        const bool redirects = answer.status >= 300 && answer.status < 400;
        // A large file's own answer is a redirect that carries what there is to know.
        if (answer.ok() || (redirects && answer.header("x-linked-size")))
            return file_of(answer, at);
        if (!redirects) return refusal(options, answer);
        const std::string to = header(answer, "location");
        if (to.starts_with('/')) at = origin_of(at) + to;
        else if (to.starts_with("http://") || to.starts_with("https://")) at = to;
        else return base::failed("redirects to nowhere", base::url_without_secrets(at));
    }
    return base::failed("redirects in circles", base::url_without_secrets(url));
}

base::Result<std::vector<std::string>> hub_files(const HubOptions& options,
                                                 const std::string& repository,
                                                 const std::string& revision) {
    const base::HttpResponse answer =
        TRY(patiently(options, question(options, options.endpoint + "/api/models/" + repository +
                                                     "/revision/" + revision)));
    if (!answer.ok()) return refusal(options, answer);
    const base::Json json =
        TRY(base::parse_json(answer.body, base::url_without_secrets(answer.url)));
    std::vector<std::string> files;
    if (json.is_object() && json.contains("siblings") && json["siblings"].is_array()) {
        for (const base::Json& each : json["siblings"]) {
            if (each.is_object() && each.contains("rfilename") && each["rfilename"].is_string())
                files.push_back(each["rfilename"].get<std::string>());
        }
    }
    return files;
}

base::Result<HubFile> hub_resolve(const HubOptions& options, const std::string& repository,
                                  const std::string& revision, const std::string& path) {
    if (!is_path_safe(repository) || !is_path_safe(revision) || !is_path_safe(path))
        return base::usage_error("not a file of a repository", repository + "/" + path);
    const auto address = [&](const std::string& at) {
        return options.endpoint + "/" + repository + "/resolve/" + at + "/" + path;
    };
    auto file = resolve_address(options, address(revision));
    if (!file.ok() && file.error().kind == base::ErrorKind::NotFound) {
        base::Error error = file.error();
        const auto there = hub_files(options, repository, revision);
        if (there.ok() && !there->empty()) {
            error.message += "; " + repository + " holds ";
            constexpr size_t kShown = 40;
            for (size_t i = 0; i < there->size() && i < kShown; ++i)
                error.message += (i ? ", " : "") + sentence((*there)[i]);
            if (there->size() > kShown) error.message += ", ...";
        }
        return error;
    }
    if (!file.ok()) return file;
    // All pieces come from one commit, whatever happens to the branch meanwhile.
    if (!file->commit.empty() && is_path_safe(file->commit) &&
        file->commit.find('/') == std::string::npos)
        file->url = address(file->commit);
    return file;
}

}  // namespace neural
