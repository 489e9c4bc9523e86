#include "apps/server/http/body.h"

#include <algorithm>

#include "apps/server/http/multipart.h"
#include "apps/server/http/target.h"
#include "apps/server/http/upload.h"
#include "base/text/text.h"

namespace http {
namespace {

constexpr size_t kMostFormPairs = 1000;

class MemoryBody : public BodySink {
public:
    MemoryBody(const Route& route, bool is_form)
        : most_(std::min(route.most_body_bytes, route.most_memory_bytes)),
          most_field_(route.most_field_bytes),
          is_form_(is_form) {}
    std::optional<Refusal> write(std::string_view bytes) override {
        body_ += bytes;
        return std::nullopt;
    }
    std::optional<Refusal> finish(Request& request) override {
        if (is_form_) {
            auto pairs = parse_pairs(body_, kMostFormPairs + 1);
            if (pairs.size() > kMostFormPairs) return Refusal{400, "too many fields in the form"};
            for (auto& [name, value] : pairs) {
                if (static_cast<int64_t>(value.size()) > most_field_) {
                    return Refusal{413, "the field '" + quotable(name) + "' is longer than " +
                                            std::to_string(most_field_) + " bytes"};
                }
                FormPart part;
                part.name = std::move(name);
                part.value = std::move(value);
                request.form.push_back(std::move(part));
            }
        }
        request.body = std::move(body_);
        return std::nullopt;
    }
    bool blocks() const override { return false; }
    int64_t most_bytes() const override { return most_; }

private:
    int64_t most_, most_field_;
    bool is_form_;
    std::string body_;
};

class FileBodySink : public BodySink {
public:
    FileBodySink(const Route& route, std::string folder)
        : most_(route.most_body_bytes), folder_(std::move(folder)) {}
    std::optional<Refusal> write(std::string_view bytes) override {
        if (!open_) {
            if (auto refusal = writer_.open(folder_)) return refusal;
            open_ = true;
        }
        return writer_.write(bytes);
    }
    std::optional<Refusal> finish(Request& request) override {
        if (auto refusal = write({})) return refusal;  // an empty body is an empty file
        UploadedFile file;
        if (auto refusal = writer_.finish(file)) return refusal;
        request.body_file = std::move(file);
        return std::nullopt;
    }
    bool blocks() const override { return true; }
    int64_t most_bytes() const override { return most_; }

private:
    int64_t most_;
    std::string folder_;
    UploadWriter writer_;
    bool open_ = false;
};

class MultipartBody : public BodySink, PartReceiver {
public:
    MultipartBody(const Route& route, std::string folder, std::string_view boundary)
        : most_(route.most_body_bytes),
          most_memory_(route.most_memory_bytes),
          most_field_(route.most_field_bytes),
          folder_(std::move(folder)),
          parser_(boundary, *this) {}
    std::optional<Refusal> write(std::string_view bytes) override { return parser_.feed(bytes); }
    std::optional<Refusal> finish(Request& request) override {
        if (auto refusal = parser_.finish()) return refusal;
        request.form = std::move(parts_);
        return std::nullopt;
    }
    bool blocks() const override { return true; }
    int64_t most_bytes() const override { return most_; }

private:
    std::optional<Refusal> begin(PartHead head) override {
        FormPart& part = parts_.emplace_back();
        part.name = std::move(head.name);
        part.content_type = std::move(head.content_type);
        if (!head.filename) return std::nullopt;
        part.filename = std::move(*head.filename);
        writer_ = std::make_unique<UploadWriter>();
        return writer_->open(folder_);
    }
    std::optional<Refusal> data(std::string_view piece) override {
        if (writer_) return writer_->write(piece);
        FormPart& part = parts_.back();
        text_bytes_ += static_cast<int64_t>(piece.size());
        if (static_cast<int64_t>(part.value.size() + piece.size()) > most_field_) {
            return Refusal{413, "the field '" + quotable(part.name) + "' is longer than " +
                                    std::to_string(most_field_) +
                                    " bytes; send a file with a filename"};
        }
        if (text_bytes_ > most_memory_) {
            return Refusal{413, "the text fields of the form are longer than " +
                                    std::to_string(most_memory_) + " bytes together"};
        }
        part.value += piece;
        return std::nullopt;
    }
    std::optional<Refusal> end() override {
        if (!writer_) return std::nullopt;
        UploadedFile file;
        const auto writer = std::move(writer_);
        if (auto refusal = writer->finish(file)) return refusal;
        parts_.back().file = std::move(file);
        return std::nullopt;
    }

    int64_t most_, most_memory_, most_field_;
    int64_t text_bytes_ = 0;
    std::string folder_;
    std::vector<FormPart> parts_;
    std::unique_ptr<UploadWriter> writer_;  // of the file part that is being received
    MultipartParser parser_;
};

}  // namespace

std::unique_ptr<BodySink> make_body_sink(const Route& route, const std::string& upload_dir,
                                         Request& request, std::optional<Refusal>& refusal) {
    const std::string* header = request.header("Content-Type");
    const std::string_view given = header ? std::string_view(*header) : std::string_view();
    request.content_type = base::to_lower_ascii(base::trim(given.substr(0, given.find(';'))));
    if (route.body_to_file) return std::make_unique<FileBodySink>(route, upload_dir);
    if (request.content_type == "multipart/form-data") {
        const auto boundary = multipart_boundary(given);
        if (!boundary) {
            refusal = Refusal{400, "multipart/form-data needs a boundary parameter"};
            return nullptr;
        }
        request.is_form = true;
        return std::make_unique<MultipartBody>(route, upload_dir, *boundary);
    }
    request.is_form = request.content_type == "application/x-www-form-urlencoded";
    return std::make_unique<MemoryBody>(route, request.is_form);
}

}  // namespace http
