#include "apps/server/http/upload.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>

#include "apps/server/http/request_id.h"
#include "base/core/log.h"

namespace http {
namespace {

constexpr std::string_view kPrefix = "upload-";
constexpr std::time_t kStaleAfterS = 24 * 3600;

std::string hex(const unsigned char* bytes, size_t count) {
    constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    out.reserve(count * 2);
    for (size_t i = 0; i < count; ++i) {
        out += kDigits[bytes[i] >> 4];
        out += kDigits[bytes[i] & 15];
    }
    return out;
}

}  // namespace

UploadWriter::~UploadWriter() { discard(); }

void UploadWriter::discard() {
    if (file_ >= 0) ::close(file_);
    file_ = -1;
    if (!path_.empty()) ::unlink(path_.c_str());
    path_.clear();
    EVP_MD_CTX_free(digest_);
    digest_ = nullptr;
}

Refusal UploadWriter::failed(const char* doing, int error) {
    const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
    base::log(base::LogLevel::Error,
              std::string("upload: ") + doing + " " + path_ + ": " + std::strerror(error));
    discard();
    if (full) return {507, "the server's disk is full; try again later"};
    return {500, "the upload could not be stored"};
}

std::optional<Refusal> UploadWriter::open(const std::string& folder) {
    path_ = folder + "/" + std::string(kPrefix) + random_hex();
    file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file_ < 0) {
        const int error = errno;
        Refusal refusal = failed("creating", error);
        path_.clear();
        return refusal;
    }
    digest_ = EVP_MD_CTX_new();
    if (!digest_ || EVP_DigestInit_ex(digest_, EVP_sha256(), nullptr) != 1) {
        return failed("hashing", ENOMEM);
    }
    bytes_ = 0;
    return std::nullopt;
}

std::optional<Refusal> UploadWriter::write(std::string_view bytes) {
    if (EVP_DigestUpdate(digest_, bytes.data(), bytes.size()) != 1) {
        return failed("hashing", ENOMEM);
    }
    bytes_ += static_cast<int64_t>(bytes.size());
    while (!bytes.empty()) {
        const ssize_t written = ::write(file_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return failed("writing", written < 0 ? errno : ENOSPC);
        bytes.remove_prefix(static_cast<size_t>(written));
    }
    return std::nullopt;
}

std::optional<Refusal> UploadWriter::finish(UploadedFile& file) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (EVP_DigestFinal_ex(digest_, digest.data(), &size) != 1) return failed("hashing", ENOMEM);
    // Some file systems tell only now that there was no room.
    if (::close(std::exchange(file_, -1)) != 0 && errno != EINTR) return failed("closing", errno);
    file = UploadedFile(std::exchange(path_, {}), bytes_, hex(digest.data(), size));
    discard();
    return std::nullopt;
}

void remove_stale_uploads(const std::string& folder) {
    std::error_code ignored;
    const std::time_t now = std::time(nullptr);
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
        struct stat info {};
        if (entry.path().filename().string().starts_with(kPrefix) &&
            ::lstat(entry.path().c_str(), &info) == 0 && S_ISREG(info.st_mode) &&
            info.st_mtime < now - kStaleAfterS) {
            ::unlink(entry.path().c_str());
        }
    }
}

}  // namespace http
