#include "apps/server/routes/pictures.h"

#include <algorithm>
#include <chrono>
#include <fstream>

#include "apps/server/archive/files.h"
#include "apps/server/core/event_log.h"
#include "apps/server/core/secrets.h"
#include "base/net/http_client.h"
#include "base/text/text.h"
#include "media/image_header.h"

namespace server {
namespace {

constexpr int64_t kMostPictureBytes = 20'971'520;  // of an image_url, as OpenAI's
constexpr int64_t kMostPicturePixels = 64'000'000;
constexpr int64_t kHeaderBytes = 256 << 10;
constexpr double kMostFetch_s = 20;  // of one address
constexpr const char* kNames[] = {"image_url", "file_id", "image"};

std::string file_start(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::string start(kHeaderBytes, '\0');
    in.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<size_t>(std::max<std::streamsize>(in.gcount(), 0)));
    return start;
}

Answer<media::ImageHeader> checked_header(const std::string& bytes, const std::string& at) {
    const auto header = media::read_image_header(bytes);
    if (!header) {
        return bad_value(at, "Invalid image for '" + at + "': it is not a JPEG, PNG or WebP file.",
                         "invalid_image");
    }
    if (int64_t{header->width_px} * header->height_px > kMostPicturePixels)
        return bad_value(at, "The picture is too large: at most 64 megapixels.", "invalid_image");
    return *header;
}

}  // namespace

ApiError storage_failed(const base::Error& error) {
    log_event(base::LogLevel::Error, "storage", {{"reason", error.text()}});
    return unavailable("The server could not store your upload. Try again later.", 10);
}

ApiError database_failed(const base::Error& error) {
    log_event(base::LogLevel::Error, "database", {{"reason", error.text()}});
    return unavailable("The server's database did not answer. Try again.", 2);
}

InputPictures::InputPictures(App& app, Fields& fields, const Caller& caller)
    : app_(app), fields_(fields), caller_(caller) {}

Answer<InputPicture> InputPictures::store(const std::string& bytes, const std::string& at) {
    auto header = checked_header(bytes, at);
    if (!header.ok()) return header.error();
    auto blob = app_.blobs->put_bytes(bytes);
    if (!blob.ok()) return storage_failed(blob.error());
    return InputPicture{*blob, header->width_px, header->height_px};
}

Answer<InputPicture> InputPictures::of_part(http::FormPart& part, const std::string& at) {
    auto header = checked_header(file_start(part.file->path()), at);
    if (!header.ok()) return header.error();
    const std::string hash = part.file->sha256();
    auto blob = app_.blobs->put_file(part.file->take(), hash);
    if (!blob.ok()) return storage_failed(blob.error());
    return InputPicture{*blob, header->width_px, header->height_px};
}

Answer<InputPicture> InputPictures::of_url(const std::string& url, const std::string& at) {
    const std::string here = at + ".image_url";
    if (base::starts_with(url, "data:")) {
        const size_t comma = url.find(',');
        const std::string head = url.substr(5, comma == std::string::npos ? 0 : comma - 5);
        std::string bytes;
        if (comma == std::string::npos || !base::ends_with(head, ";base64") ||
            !from_base64(std::string_view(url).substr(comma + 1), bytes)) {
            return bad_value(here, "Invalid data URL: expected data:image/...;base64,...",
                             "invalid_image_url");
        }
        return store(bytes, at);
    }
    if (!base::starts_with(url, "https://") && !base::starts_with(url, "http://")) {
        return bad_value(here, "Invalid image_url: expected an http(s) address or a data URL.",
                         "invalid_image_url");
    }
    if (!app_.config.allow_image_urls) {
        return bad_value(here,
                         "This server does not fetch addresses. Send the picture as a file or as a "
                         "data URL, or let its operator set input.allow_image_urls.",
                         "image_url_not_allowed");
    }
    base::HttpRequest request;
    request.url = url;
    request.timeout_s = std::min(kMostFetch_s, fetch_seconds_left_);
    request.max_body_bytes = kMostPictureBytes;
    request.max_redirects = 3;
    // Not the reason: it would tell a stranger what this machine can reach.
    const ApiError failed =
        bad_value(here, "The image_url could not be fetched.", "invalid_image_url");
    if (request.timeout_s <= 0) return failed;
    const auto begun = std::chrono::steady_clock::now();
    const auto answer = base::http_exchange(request);
    fetch_seconds_left_ -=
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    if (!answer.ok() || !answer->ok()) return failed;
    return store(answer->body, at);
}

Answer<store::Blob> file_blob(App& app, const Caller& caller, const std::string& id,
                              const std::string& at) {
    const auto file = find_file(*app.db, caller.project_id, id);
    if (!file.ok()) return database_failed(file.error());
    if (!*file) {
        ApiError missing = not_found("File", id);
        missing.status = 400;
        missing.param = at;
        return missing;
    }
    const auto blob = store::find_ref(*app.db, "file:" + id, "content");
    if (!blob.ok() || !*blob)
        return database_failed(blob.ok() ? base::failed("no content") : blob.error());
    return **blob;
}

Answer<InputPicture> InputPictures::of_file(const std::string& id, const std::string& at) {
    auto blob = file_blob(app_, caller_, id, at + ".file_id");
    if (!blob.ok()) return blob.error();
    const auto start = app_.blobs->read(blob->sha256, {0, kHeaderBytes}, kHeaderBytes);
    if (!start.ok()) return storage_failed(start.error());
    auto header = checked_header(*start, at + ".file_id");
    if (!header.ok()) return header.error();
    return InputPicture{*blob, header->width_px, header->height_px};
}

std::optional<ApiError> InputPictures::check_object(const base::Json& object,
                                                    const std::string& at) {
    int given = 0;
    for (const char* name : kNames) {
        const auto member = object.find(name);
        if (member == object.end()) continue;
        ++given;
        const std::string here = at + "." + name;
        const bool wants_file = std::string_view(name) == "image";
        if (wants_file ? !fields_.file_of(*member) : !member->is_string()) {
            return bad_value(here,
                             "Invalid type for '" + here + "': expected " +
                                 (wants_file ? "a file part of a form." : "a string."),
                             "invalid_type");
        }
    }
    if (given == 1) return std::nullopt;
    return bad_value(at, "'" + at + "' needs exactly one of 'image_url' and 'file_id'" +
                             (fields_.is_form() ? ", or a file as 'image'." : "."));
}

Answer<InputPicture> InputPictures::of_object(const base::Json& object, const std::string& at) {
    if (const auto error = check_object(object, at)) return *error;
    if (object.contains("image_url")) return of_url(object.at("image_url"), at);
    if (object.contains("file_id")) return of_file(object.at("file_id"), at);
    return of_part(*fields_.file_of(object.at("image")), at + ".image");
}

}  // namespace server
