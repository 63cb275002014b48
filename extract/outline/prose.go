package outline

func (r *reader) prose()     {}
func (r *reader) proseGaps() {}
