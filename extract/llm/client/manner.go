package client

// Form is how the form of answers is asked for, the best first.
type Form int32

// The rungs of the ladder.
const (
	FormSchema Form = iota
	FormObject
	FormText
)

// String names the form as the protocol does.
func (f Form) String() string {
	return [...]string{"json_schema", "json_object", "text"}[f]
}

// Parameters that some services do not take.
const (
	paramFormat        = "response_format"
	paramSeed          = "seed"
	paramTemperature   = "temperature"
	paramMaxTokens     = "max_tokens"
	paramLimit         = "too large a limit"
	paramStream        = "stream"
	paramStreamOptions = "stream options"
)

// manner is how a service wants to be asked, as far as it is known.
type manner struct {
	form            Form
	noSeed          bool
	noTemperature   bool
	shortLimit      bool // what an answer is expected to have, in place of what it may have
	newLimit        bool // max_completion_tokens in place of max_tokens
	noLimit         bool
	streams         bool
	noStreamOptions bool
}

func (c *Client) learned() manner {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.manner
}

// learn changes how the service is asked after it has complained of a call that
// was sent in some manner, and reports whether another try makes sense. Of several
// calls that meet one complaint, the first changes the manner.
func (c *Client) learn(failed *Error, sent manner) bool {
	switch failed.Kind {
	case BadRequest:
	case TooLong:
		if failed.param != paramLimit || sent.shortLimit || sent.noLimit {
			return false // it is the question that is too long
		}
	default:
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.manner != sent {
		return true
	}
	c.manner = sent.after(failed.param)
	return c.manner != sent
}

// after is the manner without what a service has complained of. A complaint that
// names nothing known is most often about the form of answers.
func (m manner) after(param string) manner {
	switch param {
	case paramFormat, "":
		m.form = min(m.form+1, FormText)
	case paramSeed:
		m.noSeed = true
	case paramTemperature:
		m.noTemperature = true
	case paramMaxTokens:
		m.noLimit = m.newLimit
		m.newLimit = true
	case paramLimit:
		m.noLimit = m.shortLimit
		m.shortLimit = true
	case paramStream:
		m.streams = true
	case paramStreamOptions:
		m.noStreamOptions = true
	}
	return m
}
