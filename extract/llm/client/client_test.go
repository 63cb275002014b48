package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"talkgraph/extract/llm/client"
	"talkgraph/extract/llm/llmtest"
	"talkgraph/extract/llm/proof"
)

const (
	key    = "sk-very-secret"
	answer = `{"entities":[],"relations":[]}`
)

// noWait lets tests retry at once.
func noWait(ctx context.Context, _ time.Duration) error { return ctx.Err() }

func options(s *llmtest.Server) client.Options {
	return client.Options{BaseURL: s.URL, Model: "m", Key: key, Timeout: 5 * time.Second, Wait: noWait}
}

func question() client.Request {
	return client.Request{System: "Answer with one JSON object.", User: "L1| Ada", Schema: proof.Schema(), SchemaName: "facts", Prompt: 20, Completion: 300, Limit: 8000}
}

func ask(t *testing.T, o client.Options) (*client.Client, client.Reply, error) {
	t.Helper()
	c, err := client.New(o)
	if err != nil {
		t.Fatal(err)
	}
	reply, err := c.Complete(t.Context(), question())
	return c, reply, err
}

// strict reports whether a schema keeps OpenAI's rules: every object closed, every
// property required, no references.
func strict(schema any) bool {
	switch s := schema.(type) {
	case map[string]any:
		if s["$ref"] != nil || s["$defs"] != nil {
			return false
		}
		if s["type"] == "object" {
			properties, _ := s["properties"].(map[string]any)
			required, _ := s["required"].([]any)
			if s["additionalProperties"] != false || len(required) != len(properties) {
				return false
			}
		}
		for _, inner := range s {
			if !strict(inner) {
				return false
			}
		}
	case []any:
		for _, inner := range s {
			if !strict(inner) {
				return false
			}
		}
	}
	return true
}

// provider is a kind of service with the manners that it is known for.
type provider struct {
	model, path string // path is added to the server's address
	version     string
	key         string
	serve       llmtest.Handler
	form        client.Form // that the client ends with
	calls       int         // until the answer
}

func authorized(c llmtest.Call) bool { return c.Header.Get("Authorization") == "Bearer "+key }

func providers() map[string]provider {
	return map[string]provider{
		"OpenAI": {model: "gpt-4.1", path: "/v1", key: key, calls: 1, serve: func(w http.ResponseWriter, c llmtest.Call, _ int) {
			format, _ := c.Body["response_format"].(map[string]any)
			schema, _ := format["json_schema"].(map[string]any)
			if !authorized(c) || schema["strict"] != true || !strict(schema["schema"]) {
				llmtest.Fail(w, 400, "invalid_request_error", "no")
				return
			}
			llmtest.Answer(w, answer)
		}},
		"OpenAI, a reasoning model": {model: "o4-mini", path: "/v1", key: key, calls: 1, serve: func(w http.ResponseWriter, c llmtest.Call, _ int) {
			if c.Has("max_tokens") || c.Has("temperature") || !c.Has("max_completion_tokens") {
				llmtest.Fail(w, 400, "unsupported_parameter", "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.")
				return
			}
			llmtest.Answer(w, answer)
		}},
		"Azure":                      {model: "my-deployment", path: "/", version: "2024-10-21", key: key, calls: 1, serve: azure},
		"Azure, address with openai": {model: "my-deployment", path: "/openai/deployments/my-deployment", version: "2024-10-21", key: key, calls: 1, serve: azure},
		"Azure, without versions": {model: "my-deployment", path: "/openai/v1/", key: key, calls: 1, serve: func(w http.ResponseWriter, c llmtest.Call, _ int) {
			if c.Path != "/openai/v1/chat/completions" || c.Query != "" || !authorized(c) {
				llmtest.Fail(w, 404, "404", "Resource not found")
				return
			}
			llmtest.Answer(w, answer)
		}},
		"DeepSeek": {model: "deepseek-chat", path: "/v1/chat/completions", key: key, form: client.FormObject, calls: 2, serve: func(w http.ResponseWriter, c llmtest.Call, _ int) {
			switch {
			case c.Form() == "json_schema":
				llmtest.Fail(w, 400, "invalid_request_error", "This response_format type is unavailable now")
			case !strings.Contains(c.System, "JSON"):
				llmtest.Fail(w, 400, "invalid_request_error", "Prompt must contain the word 'json'")
			default:
				llmtest.JSON(w, 200, map[string]any{"choices": []any{map[string]any{"finish_reason": "stop",
					"message": map[string]any{"role": "assistant", "content": answer, "reasoning_content": "{thinking}"}}},
					"usage": map[string]any{"prompt_tokens": 100, "completion_tokens": 50, "prompt_cache_hit_tokens": 3}})
			}
		}},
		"Qwen": {model: "qwen3", path: "/compatible-mode/v1", key: key, form: client.FormObject, calls: 3, serve: func(w http.ResponseWriter, c llmtest.Call, _ int) {
			switch {
			case c.Body["stream"] != true:
				llmtest.Fail(w, 400, "invalid_parameter_error", "parameter.enable_thinking must be set to false for non-streaming calls")
			case c.Form() == "json_schema":
				llmtest.Fail(w, 400, "invalid_parameter_error", "'response_format.type' must be one of text, json_object")
			default:
				llmtest.Stream(w, answer, 5)
			}
		}},
		"Ollama": {model: "qwen2.5:7b", path: "/v1", calls: 1, serve: func(w http.ResponseWriter, c llmtest.Call, _ int) {
			if len(c.Header["Authorization"]) != 0 {
				llmtest.Fail(w, 401, "", "no key is needed here")
				return
			}
			llmtest.Answer(w, answer)
		}},
		"vLLM": {model: "Qwen/Qwen2.5-7B", path: "/v1", key: key, calls: 2, serve: func(w http.ResponseWriter, c llmtest.Call, _ int) {
			if limit, _ := c.Body["max_tokens"].(float64); limit > 4000 {
				llmtest.JSON(w, 400, map[string]any{"object": "error", "type": "BadRequestError", "param": nil, "code": 400,
					"message": "This model's maximum context length is 4096 tokens. However, you requested 8020 tokens (20 in the messages, 8000 in the completion)."})
				return
			}
			llmtest.Answer(w, answer)
		}},
		"llama.cpp": {model: "any", path: "/v1", calls: 2, serve: func(w http.ResponseWriter, c llmtest.Call, number int) {
			if number == 1 {
				llmtest.JSON(w, 503, map[string]any{"error": map[string]any{"code": 503, "message": "Loading model", "type": "unavailable_error"}})
				return
			}
			llmtest.Answer(w, answer)
		}},
	}
}

func azure(w http.ResponseWriter, c llmtest.Call, _ int) {
	if c.Path != "/openai/deployments/my-deployment/chat/completions" || c.Query != "api-version=2024-10-21" || c.Header.Get("Api-Key") != key {
		llmtest.Fail(w, 404, "DeploymentNotFound", "The API deployment for this resource does not exist.")
		return
	}
	llmtest.Answer(w, answer)
}

// TestProviders asks each kind of service as its documentation wants to be asked.
func TestProviders(t *testing.T) {
	for name, p := range providers() {
		t.Run(name, func(t *testing.T) {
			s := llmtest.Start(t, p.serve)
			o := options(s)
			o.BaseURL, o.Model, o.APIVersion, o.Key = strings.TrimSuffix(s.URL, "/v1")+p.path, p.model, p.version, p.key
			c, reply, err := ask(t, o)
			if err != nil || reply.Text != answer || reply.Usage != (client.Usage{Prompt: 100, Completion: 50}) {
				t.Fatalf("%+v %v", reply, err)
			}
			if c.Form() != p.form || len(s.Calls()) != p.calls {
				t.Errorf("form %v after %d calls", c.Form(), len(s.Calls()))
			}
		})
	}
}

// TestComplaints has what services say, word for word in its kind, and what it means.
func TestComplaints(t *testing.T) {
	wrapped := func(code, message string) string {
		return fmt.Sprintf(`{"error":{"message":%q,"type":"x","code":%q}}`, message, code)
	}
	for name, c := range map[string]struct {
		status int
		body   string
		kind   client.Kind
	}{
		"a wrong key":              {401, wrapped("invalid_api_key", "Incorrect API key provided: "+key), client.KeyRefused},
		"a forbidden model":        {403, wrapped("access_denied", "no access"), client.KeyRefused},
		"an unknown model":         {404, wrapped("model_not_found", "The model does not exist"), client.UnknownModel},
		"a model to be pulled":     {404, `{"error":{"message":"model \"x\" not found, try pulling it first","type":"api_error","param":null,"code":null}}`, client.UnknownModel},
		"an unknown model, flat":   {404, `{"object":"error","message":"The model does not exist.","type":"NotFoundError","param":null,"code":404}`, client.UnknownModel},
		"an unknown address":       {404, `{"detail":"Not Found"}`, client.UnknownModel},
		"no quota":                 {429, wrapped("insufficient_quota", "You exceeded your current quota"), client.Quota},
		"no balance":               {402, wrapped("invalid_request_error", "Insufficient Balance"), client.Quota},
		"an overdue account":       {400, wrapped("Arrearage", "Access denied, please make sure your account is in good standing."), client.Quota},
		"a filter":                 {400, wrapped("content_filter", "The response was filtered"), client.Refused},
		"a filter of inputs":       {400, wrapped("data_inspection_failed", "Input data may contain inappropriate content."), client.Refused},
		"a risk":                   {400, wrapped("invalid_request_error", "Content Exists Risk"), client.Refused},
		"too long":                 {400, wrapped("context_length_exceeded", "Your messages resulted in 9000 tokens"), client.TooLong},
		"too long, flat":           {400, `{"object":"error","message":"This model's maximum context length is 4096 tokens, you have 9000","type":"BadRequestError","param":null,"code":400}`, client.TooLong},
		"too long for its context": {400, `{"error":{"code":400,"message":"the request exceeds the available context size, try increasing it","type":"exceed_context_size_error"}}`, client.TooLong},
		"too large":                {413, `<html>413</html>`, client.TooLong},
		"out of range":             {400, wrapped("InvalidParameter", "Range of input length should be [1, 30720]"), client.TooLong},
		"a rate of tokens":         {429, wrapped("rate_limit_exceeded", "Limit 10000 tokens per minute, maximum context length"), client.Temporary},
		"overloaded":               {529, wrapped("overloaded_error", "Overloaded"), client.Temporary},
		"a page":                   {502, `<html>Bad Gateway</html>`, client.Temporary},
		"validation":               {422, `{"error":"Input validation error: unknown field","error_type":"validation"}`, client.BadRequest},
	} {
		t.Run(name, func(t *testing.T) {
			s := llmtest.Start(t, func(w http.ResponseWriter, _ llmtest.Call, _ int) {
				w.WriteHeader(c.status)
				fmt.Fprint(w, c.body)
			})
			_, _, err := ask(t, options(s))
			var failed *client.Error
			if !errors.As(err, &failed) || failed.Kind != c.kind || failed.Status != c.status {
				t.Fatalf("%#v", err)
			}
			if strings.Contains(err.Error(), key) || strings.Contains(err.Error(), "\n") {
				t.Errorf("says %q", err)
			}
			wantCalls := map[client.Kind]int{client.Temporary: 5, client.BadRequest: 3}[c.kind]
			if got := len(s.Calls()); got != max(wantCalls, 1) {
				t.Errorf("%d calls", got)
			}
		})
	}
}

// TestLimits has models that give less than is asked for: the limit of the answer is
// lowered, then left out, before the question counts as too long.
func TestLimits(t *testing.T) {
	for name, most := range map[string]float64{"a short answer": 2000, "a very short one": 100} {
		t.Run(name, func(t *testing.T) {
			s := llmtest.Start(t, func(w http.ResponseWriter, c llmtest.Call, _ int) {
				if limit, _ := c.Body["max_tokens"].(float64); limit > most {
					llmtest.Fail(w, 400, "invalid_value", fmt.Sprintf("max_tokens is too large: %v. This model supports at most %v completion tokens.", limit, most))
					return
				}
				llmtest.Answer(w, answer)
			})
			if _, _, err := ask(t, options(s)); err != nil || len(s.Calls()) > 3 {
				t.Errorf("%v after %d calls", err, len(s.Calls()))
			}
		})
	}
}

// TestUnreachable holds that nobody waits for what is not there, and that what was
// there is waited for.
func TestUnreachable(t *testing.T) {
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0) // it would report the handshake
	secure.StartTLS()
	defer secure.Close()
	for name, c := range map[string]struct{ url, proxy, says string }{
		"nothing listens":    {closed.URL, "", "no connection"},
		"no such host":       {"http://nowhere.invalid/v1", "", "not found"},
		"http, not https":    {"https" + strings.TrimPrefix(plain.URL, "http"), "", "https"},
		"not trusted":        {secure.URL, "", "certificate"},
		"the proxy is away":  {"http://nowhere.invalid/v1", closed.URL, "proxy"},
		"with the proxy key": {"http://nowhere.invalid/v1", strings.Replace(closed.URL, "//", "//u:hidden-word@", 1), "proxy"},
	} {
		t.Run(name, func(t *testing.T) {
			waits := 0
			_, _, err := ask(t, client.Options{BaseURL: c.url, Proxy: c.proxy, Model: "m", Key: key, Timeout: 5 * time.Second,
				Wait: func(context.Context, time.Duration) error { waits++; return nil }})
			var failed *client.Error
			if !errors.As(err, &failed) || failed.Kind != client.Unreachable || !failed.Final() || waits != 0 || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v after %d waits", err, waits)
			}
			if strings.Contains(fmt.Sprint(err, failed.Mend()), "hidden-word") {
				t.Errorf("says %v", err)
			}
		})
	}
	t.Run("gone for a while", func(t *testing.T) {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { llmtest.Answer(w, answer) }))
		waits := 0
		c, err := client.New(client.Options{BaseURL: s.URL, Model: "m", Wait: func(context.Context, time.Duration) error { waits++; return nil }})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Complete(t.Context(), question()); err != nil {
			t.Fatal(err)
		}
		s.Close()
		if _, err := c.Complete(t.Context(), question()); err == nil || waits != 4 {
			t.Errorf("%v after %d waits", err, waits)
		}
	})
}

// TestProxy sends everything through the proxy, with its password.
func TestProxy(t *testing.T) {
	var through atomic.Int32
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Host != "service.invalid" || r.URL.Path != "/v1/chat/completions" || r.Header.Get("Proxy-Authorization") == "" {
			t.Errorf("asked for %s with %v", r.URL, r.Header)
		}
		through.Add(1)
		llmtest.Answer(w, answer)
	}))
	defer proxy.Close()
	_, reply, err := ask(t, client.Options{BaseURL: "http://service.invalid/v1", Model: "m", Proxy: strings.Replace(proxy.URL, "//", "//user:word@", 1)})
	if err != nil || reply.Text != answer || through.Load() != 1 {
		t.Errorf("%v after %d calls through the proxy", err, through.Load())
	}
}

// TestWaits reads every form in which a service asks to wait.
func TestWaits(t *testing.T) {
	for name, c := range map[string]struct {
		header, value string
		least, most   time.Duration
		calls         int
	}{
		"seconds":      {"Retry-After", "7", 7 * time.Second, 8 * time.Second, 5},
		"a time":       {"Retry-After", time.Now().Add(20 * time.Second).UTC().Format(http.TimeFormat), 15 * time.Second, 25 * time.Second, 5},
		"milliseconds": {"Retry-After-Ms", "2500", 2500 * time.Millisecond, 4 * time.Second, 5},
		"minutes":      {"Retry-After", "120", 2 * time.Minute, 3 * time.Minute, 5},
		"an hour":      {"Retry-After", "3600", 0, 0, 1},
		"nonsense":     {"Retry-After", "soon", 0, 2 * time.Second, 5},
		"a time gone":  {"Retry-After", "-3", 0, 2 * time.Second, 5},
	} {
		t.Run(name, func(t *testing.T) {
			s := llmtest.Start(t, func(w http.ResponseWriter, _ llmtest.Call, _ int) {
				w.Header().Set(c.header, c.value)
				llmtest.Fail(w, 429, "rate_limit_exceeded", "slow down")
			})
			o := options(s)
			var first time.Duration
			o.Wait = func(_ context.Context, d time.Duration) error {
				if first == 0 {
					first = d
				}
				return nil
			}
			_, _, err := ask(t, o)
			if err == nil || first < c.least || first > c.most || len(s.Calls()) != c.calls {
				t.Errorf("waited %v, %d calls: %v", first, len(s.Calls()), err)
			}
		})
	}
}

// TestJitter holds that waits are spread over the whole of their range.
func TestJitter(t *testing.T) {
	s := llmtest.Start(t, func(w http.ResponseWriter, _ llmtest.Call, _ int) { llmtest.Fail(w, 500, "", "oops") })
	o := options(s)
	var waits []time.Duration
	o.Wait = func(_ context.Context, d time.Duration) error { waits = append(waits, d); return nil }
	least, most := time.Hour, time.Duration(0)
	for range 40 {
		waits = nil
		_, _, _ = ask(t, o) // it fails by design
		for i, d := range waits {
			if limit := 2 * time.Second << i; d < 0 || d > limit {
				t.Fatalf("wait %d is %v, more than %v", i, d, limit)
			}
		}
		least, most = min(least, waits[2]), max(most, waits[2])
	}
	if least > 3*time.Second || most < 5*time.Second {
		t.Errorf("third waits lie between %v and %v", least, most)
	}
}

// TestWrongOptions are refused before anything is sent, and never repeat a secret.
func TestWrongOptions(t *testing.T) {
	for name, o := range map[string]client.Options{
		"no address":        {Model: "m"},
		"no scheme":         {BaseURL: "host/v1", Model: "m"},
		"another scheme":    {BaseURL: "ftp://host/v1", Model: "m"},
		"a query":           {BaseURL: "https://host/v1?key=hidden-word", Model: "m"},
		"no model":          {BaseURL: "https://host/v1"},
		"Azure, no version": {BaseURL: "https://x.openai.azure.com", Model: "m"},
		"a key of lines":    {BaseURL: "https://host/v1", Model: "m", Key: "hidden-word\nhidden-word"},
		"a key of words":    {BaseURL: "https://host/v1", Model: "m", Key: "export KEY=hidden-word"},
		"no proxy":          {BaseURL: "https://host/v1", Model: "m", Proxy: "hidden-word"},
	} {
		if _, err := client.New(o); err == nil || strings.Contains(err.Error(), "hidden-word") || !strings.Contains(err.Error(), "llm.") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := client.New(client.Options{BaseURL: " https://host/v1/ ", Model: "m", Key: " " + key + "\r\n"}); err != nil {
		t.Errorf("spaces around: %v", err)
	}
}

// TestSecretsInReplies has a service that repeats all it was sent.
func TestSecretsInReplies(t *testing.T) {
	s := llmtest.Start(t, func(w http.ResponseWriter, c llmtest.Call, _ int) {
		headers, err := json.Marshal(c.Header)
		if err != nil {
			t.Error(err)
		}
		llmtest.Fail(w, 401, "", "you sent "+string(headers))
	})
	o := options(s)
	o.Headers = http.Header{"X-Team": {"hidden-word"}}
	if _, _, err := ask(t, o); err == nil || strings.Contains(err.Error(), key) || strings.Contains(err.Error(), "hidden-word") {
		t.Errorf("says %v", err)
	}
}
